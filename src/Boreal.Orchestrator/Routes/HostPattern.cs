namespace Boreal.Orchestrator.Routes;

/// <summary>Host names of routes: a name, or <c>*.</c> and a name for all below it.</summary>
internal static class HostPattern
{
    private const int Longest = 255;
    private const string Wildcard = "*.";

    public static bool IsValid(string text)
    {
        var name = text.StartsWith(Wildcard, StringComparison.Ordinal) ? text[Wildcard.Length..] : text;
        return name.Length is > 0 and <= Longest && name.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_'));
    }
}
