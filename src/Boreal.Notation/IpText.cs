using System.Net;

namespace Boreal.Notation;

/// <summary>IP addresses in full: nothing shortened, no octal, no zone.</summary>
public static class IpText
{
    public static bool TryParse(string text, out IPAddress address)
    {
        var isPlain = text.Contains(':') ? !text.Contains('%') && !text.Contains('[') : text.Split('.') is { Length: 4 } parts && parts.All(IsByte);
        address = isPlain && IPAddress.TryParse(text, out var parsed) ? parsed : IPAddress.None;
        return isPlain && !ReferenceEquals(address, IPAddress.None);
    }

    public static bool IsValid(string text) => TryParse(text, out _);

    private static bool IsByte(string part) => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0');
}
