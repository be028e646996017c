using System.Text.RegularExpressions;

namespace Boreal.Cli.Building.Progress;

/// <summary>Takes out of a text what would move a terminal's cursor or change its colours.</summary>
internal static partial class ControlSequences
{
    public static string Remove(string text) => Sequence().Replace(text, "");

    [GeneratedRegex("\u001b\\[[0-9;?]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|\u001b.|[\\x00-\\x1f\\x7f]", RegexOptions.CultureInvariant)]
    private static partial Regex Sequence();
}
