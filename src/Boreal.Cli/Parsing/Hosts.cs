using Boreal.Notation;

namespace Boreal.Cli.Parsing;

/// <summary>Addresses and names: <c>--add-host</c>, <c>--dns</c>, <c>--dns-search</c>, <c>--mac-address</c>.</summary>
internal static class Hosts
{
    private const string GatewayWord = "host-gateway";

    /// <summary>Takes <c>name:address</c> and <c>name=address</c>; the daemon gets the first form.</summary>
    public static string CheckMapping(string text)
    {
        var equals = text.IndexOf('=');
        var mark = equals >= 0 ? equals : text.IndexOf(':');
        var (name, address) = mark < 0 ? (text, "") : (text[..mark], text[(mark + 1)..]);
        if (name.Length is 0 || address.Length is 0) throw new FormatException($"bad format for add-host: \"{text}\"");
        if (address is ['[', .., ']']) address = address[1..^1];
        if (address is not GatewayWord && !IpText.IsValid(address)) throw new FormatException($"invalid IP address in add-host: \"{address}\"");
        return $"{name}:{address}";
    }

    public static string CheckAddress(string text) =>
        IpText.TryParse(text.Trim(), out var address) ? address.ToString() : throw new FormatException($"IP address is not correctly formatted: {text}");

    public static string CheckMac(string text)
    {
        var parts = text.Split(text.Contains('-', StringComparison.Ordinal) ? '-' : ':');
        return parts.Length is 6 && parts.All(part => part.Length is 2 && part.All(char.IsAsciiHexDigit))
            ? text
            : throw new FormatException($"{text} is not a valid mac address");
    }
}
