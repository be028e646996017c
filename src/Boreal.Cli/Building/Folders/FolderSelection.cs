using Boreal.BuildWire.Ignore;

namespace Boreal.Cli.Building.Folders;

/// <summary>Decides for every path of a folder whether it is wanted, and where a walk need not go.</summary>
internal sealed class FolderSelection
{
    private static readonly char[] Wildcards = ['*', '?', '[', '\\'];

    private readonly PatternMatcher? _include;
    private readonly PatternMatcher? _exclude;
    private readonly IReadOnlyList<PatternStart> _includeStarts;
    private readonly IReadOnlyList<PatternStart> _exceptionStarts;

    private FolderSelection(IReadOnlyList<string> include, IReadOnlyList<string> exclude)
    {
        _include = include.Count is 0 ? null : PatternMatcher.Parse(include);
        _exclude = exclude.Count is 0 ? null : PatternMatcher.Parse(exclude);
        _includeStarts = [.. include.Select(StartOf)];
        _exceptionStarts = [.. exclude.Where(pattern => pattern.StartsWith('!')).Select(pattern => StartOf(pattern[1..]))];
    }

    /// <exception cref="FormatException">A pattern can't be understood.</exception>
    public static FolderSelection Create(string folder, FolderFilter filter)
    {
        var include = filter.Include.ToList();
        if (filter.Follow.Count > 0)
        {
            // Nothing left to narrow down to: the whole folder.
            if (LinkFollower.Follow(folder, filter.Follow) is { } followed) include.AddRange(followed);
            else include.Clear();
        }

        return new FolderSelection(include, filter.Exclude);
    }

    /// <summary>Takes what is known of the folder above, gives what is to be known of the entry for what is in it.</summary>
    public Verdict Judge(string path, bool isFolder, in Verdict above)
    {
        var included = _include?.Match(path, above.Included);
        var excluded = _exclude?.Match(path, above.Excluded);
        var isWanted = included?.IsMatched is not false && excluded?.IsMatched is not true;
        var mayHold = isFolder && (isWanted
            || ((included?.IsMatched is not false || MayLead(_includeStarts, path)) && (excluded?.IsMatched is not true || MayLead(_exceptionStarts, path))));
        return new Verdict(isWanted, mayHold, included ?? default, excluded ?? default);
    }

    private static PatternStart StartOf(string pattern)
    {
        var wildcard = pattern.IndexOfAny(Wildcards);
        return new PatternStart((wildcard < 0 ? pattern : pattern[..wildcard]).TrimStart('/'), wildcard >= 0);
    }

    private static bool MayLead(IReadOnlyList<PatternStart> starts, string folder)
    {
        foreach (var start in starts)
        {
            if (start.MayLead(folder)) return true;
        }

        return false;
    }

    /// <summary>What is known of one entry.</summary>
    internal readonly record struct Verdict(bool IsWanted, bool MayHoldWanted, PathMatch Included, PathMatch Excluded);

    /// <summary>The part of a pattern that is plain text.</summary>
    private readonly record struct PatternStart(string Text, bool IsOpen)
    {
        /// <summary>The folder may hold what the pattern matches.</summary>
        public bool MayLead(string folder) => Text.StartsWith(folder, StringComparison.Ordinal)
            ? Text.Length == folder.Length || Text[folder.Length] is '/'
            : IsOpen && folder.StartsWith(Text, StringComparison.Ordinal);
    }
}
