using Boreal.Notation;

namespace Boreal.Build.Sources;

/// <summary>The query of a git address: <c>?branch=b&amp;subdir=d&amp;keep-git-dir=1</c>.</summary>
internal static class GitQuery
{
    private const string TagPrefix = "refs/tags/";
    private const string BranchPrefix = "refs/heads/";

    /// <exception cref="FormatException">A field is unknown, comes twice, is empty or contradicts another.</exception>
    public static GitReference Apply(GitReference reference, string query)
    {
        var fields = Fields(query);
        foreach (var (name, value) in fields)
            reference = Apply(reference, name, value);

        var tag = Prefixed(fields.GetValueOrDefault("tag"), TagPrefix);
        var branch = Prefixed(fields.GetValueOrDefault("branch"), BranchPrefix);
        if (tag is not null) reference = reference with { Ref = Agree("ref", reference.Ref, tag) };
        if (branch is null) return reference;
        return tag is null ? reference with { Ref = Agree("ref", reference.Ref, branch) } : throw new FormatException("branch conflicts with tag");
    }

    private static GitReference Apply(GitReference reference, string name, string value) => name switch
    {
        "ref" => reference with { Ref = Agree("ref", reference.Ref, value) },
        "tag" or "branch" => reference,
        "subdir" => reference with { Folder = Agree("subdir", reference.Folder, value) },
        "checksum" or "commit" => reference with { Checksum = value },
        "keep-git-dir" => reference with { KeepsGitFolder = Switch(name, value) },
        "submodules" => reference with { Submodules = Switch(name, value) },
        "fetch-by-commit" => reference with { FetchesByCommit = Switch(name, value) },
        "mtime" when value is "checkout" or "commit" => reference,
        "mtime" => throw new FormatException($"invalid mtime value: {GoText.Quote(value)} (must be \"checkout\" or \"commit\")"),
        _ => throw new FormatException($"unexpected query {GoText.Quote(name)}"),
    };

    private static Dictionary<string, string> Fields(string query)
    {
        var fields = new Dictionary<string, string>();
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Replace('+', ' ').Split('=', 2);
            var name = Uri.UnescapeDataString(pair[0]);
            var value = pair is [_, var text] ? Uri.UnescapeDataString(text) : "";
            if (!fields.TryAdd(name, value)) throw new FormatException($"query {GoText.Quote(name)} has multiple values");
            if (value.Length == 0 && name is not ("submodules" or "keep-git-dir" or "fetch-by-commit")) throw new FormatException($"query {GoText.Quote(name)} has no value");
        }
        return fields;
    }

    private static string? Prefixed(string? name, string prefix) => name is null || name.StartsWith(prefix, StringComparison.Ordinal) ? name : prefix + name;

    private static string Agree(string what, string before, string value) =>
        before.Length == 0 || before == value ? value : throw new FormatException($"{what} conflicts: {GoText.Quote(before)} vs {GoText.Quote(value)}");

    private static bool Switch(string name, string value) =>
        value.Length == 0 || (GoNumbers.TryParseBoolean(value, out var parsed) ? parsed : throw new FormatException($"invalid {name} value: {GoText.Quote(value)}"));
}
