using System.Text.RegularExpressions;

namespace Boreal.Cli.Building.Orders;

/// <summary>Tells places that the daemon fetches from those of this machine.</summary>
internal static partial class ContextPlace
{
    public static bool IsHttp(string place) => place.StartsWith("http://", StringComparison.Ordinal) || place.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>An address of HTTP or of a git repository.</summary>
    public static bool IsRemote(string place) =>
        IsHttp(place) || place.StartsWith("git://", StringComparison.Ordinal) || place.StartsWith("ssh://", StringComparison.Ordinal)
        || place.StartsWith("github.com/", StringComparison.Ordinal) || Shorthand().IsMatch(place);

    // git@host:path
    [GeneratedRegex("^[a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:", RegexOptions.CultureInvariant)]
    private static partial Regex Shorthand();
}
