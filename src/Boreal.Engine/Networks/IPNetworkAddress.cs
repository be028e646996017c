using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks;

/// <summary>An IPv4 address together with the network it is in: <c>172.31.0.1/20</c>.</summary>
public readonly record struct IPNetworkAddress(IPAddress Address, int PrefixLength)
{
    /// <exception cref="FormatException">Not an IPv4 address with a prefix length of 8 to 30.</exception>
    public static IPNetworkAddress Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0
            && IPAddress.TryParse(text.AsSpan(0, slash), out var address)
            && address.AddressFamily is AddressFamily.InterNetwork
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length is >= 8 and <= 30)
        {
            return new IPNetworkAddress(address, length);
        }

        throw new FormatException($"'{text}' is not an IPv4 address with a prefix length of 8 to 30, for example 172.31.0.1/20");
    }

    public override string ToString() => $"{Address}/{PrefixLength}";
}
