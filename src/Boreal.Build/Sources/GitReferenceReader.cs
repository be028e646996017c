using System.Text.RegularExpressions;
using Boreal.BuildWire.Paths;

namespace Boreal.Build.Sources;

/// <summary>Tells git repositories from other sources: <c>https://host/repo.git#ref:folder</c>, <c>git@host:repo</c>, <c>?branch=b</c>.</summary>
internal static partial class GitReferenceReader
{
    /// <returns>Null when the text names something else.</returns>
    /// <exception cref="FormatException">It names a repository, but what of it is unclear.</exception>
    public static GitReference? Read(string text)
    {
        if (text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal)) return null;
        if (text.StartsWith("github.com/", StringComparison.Ordinal))
            return ReadUrl("https://" + text, isKnownHost: true) is { } local ? local with { MayBeLocal = true, Remote = local.Remote["https://".Length..] } : null;
        if (Scheme().IsMatch(text)) return ReadUrl(text);

        if (!ScpStyle().IsMatch(text)) return null;
        var (address, name) = Cut(text, '#');
        var (remote, query) = Cut(address, '?');
        return Make(remote, name, query);
    }

    private static GitReference? ReadUrl(string text, bool isKnownHost = false)
    {
        var scheme = text[..text.IndexOf(':')].ToLowerInvariant();
        if (scheme is not ("http" or "https" or "ssh" or "git")) return null;
        var (rest, fragment) = Cut(text, '#');
        var (remote, query) = Cut(rest, '?');
        var path = remote.IndexOf('/', scheme.Length + 3);
        // A web address is a repository only when it says so.
        if (!isKnownHost && scheme is ("http" or "https") && !(path >= 0 && remote.EndsWith(".git", StringComparison.Ordinal))) return null;
        return Make(remote, Uri.UnescapeDataString(fragment), query);
    }

    private static GitReference Make(string remote, string fragment, string query)
    {
        var (reference, folder) = Cut(fragment, ':');
        var cleaned = SlashPath.Join("/", folder)[1..];
        return GitQuery.Apply(new GitReference { Remote = remote, Ref = reference, Folder = cleaned }, query);
    }

    private static (string Before, string After) Cut(string text, char sign)
    {
        var at = text.IndexOf(sign);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    [GeneratedRegex("^[a-zA-Z0-9]+://")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:")]
    private static partial Regex ScpStyle();
}
