namespace Boreal.Build.Sources;

/// <summary>What a repository says its names stand for (<c>git ls-remote</c>).</summary>
internal static class GitRefs
{
    private const string Peeled = "^{}";
    private const string SymbolicMark = "ref: ";
    private const int ShortestAbbreviation = 7;

    /// <summary>The commit and the full name of what was asked for; an exact name goes before a branch, a branch before a tag.</summary>
    /// <param name="listing">Lines of a commit, a tab and a name.</param>
    /// <param name="name">A branch, a tag, a full name; empty for the repository's default.</param>
    /// <returns>Null when the repository has no such name.</returns>
    public static GitCommit? Find(string listing, string name)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var usual = "HEAD";
        foreach (var line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t') is not [var id, var full])
                continue;
            if (IsCommit(id))
                known.TryAdd(full, id);
            else if (full == "HEAD" && id.StartsWith(SymbolicMark, StringComparison.Ordinal))
                usual = id[SymbolicMark.Length..];
        }

        string[] candidates = name.Length == 0 ? ["HEAD"] : [name, $"refs/{name}", $"refs/heads/{name}", $"refs/tags/{name}"];
        foreach (var full in candidates)
        {
            if (known.TryGetValue(full, out var id))
                return new GitCommit(known.GetValueOrDefault(full + Peeled, id), full == "HEAD" ? usual : full) { TagId = known.ContainsKey(full + Peeled) ? id : "" };
        }

        return null;
    }

    /// <summary>What to ask a repository for to find a name.</summary>
    public static IReadOnlyList<string> Patterns(string name) => name.Length == 0 ? ["HEAD"] : [name, name + Peeled];

    /// <summary>A commit by its whole name.</summary>
    public static bool IsCommit(string text) => text.Length is 40 or 64 && IsHex(text);

    /// <summary>A checksum names a commit, or the tag that leads to it, in full or by its beginning.</summary>
    public static bool Matches(string checksum, GitCommit commit) =>
        checksum.Length >= ShortestAbbreviation && IsHex(checksum) && (commit.Id.StartsWith(checksum, StringComparison.Ordinal) || commit.TagId.StartsWith(checksum, StringComparison.Ordinal));

    private static bool IsHex(string text) => text.All(letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
