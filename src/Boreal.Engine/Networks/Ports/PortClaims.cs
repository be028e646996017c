using System.Net;

namespace Boreal.Engine.Networks.Ports;

/// <summary>Which host ports our containers have: an address of all claims a port on every address of its family.</summary>
internal sealed class PortClaims
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Protocol, ushort Port), List<IPAddress>> _taken = [];

    /// <summary>Claims the port on all of the addresses, or on none.</summary>
    public bool TryClaim(string protocol, ushort port, IReadOnlyList<IPAddress> addresses, out IPAddress? inTheWay)
    {
        lock (_lock)
        {
            inTheWay = null;
            if (!_taken.TryGetValue((protocol, port), out var taken)) _taken[(protocol, port)] = taken = new List<IPAddress>(addresses.Count);
            else inTheWay = addresses.FirstOrDefault(address => taken.Any(other => Conflict(other, address)));
            if (inTheWay is not null) return false;
            taken.AddRange(addresses);
            return true;
        }
    }

    public void Release(string protocol, ushort port, IPAddress address)
    {
        lock (_lock)
        {
            if (_taken.TryGetValue((protocol, port), out var taken) && taken.Remove(address) && taken.Count == 0) _taken.Remove((protocol, port));
        }
    }

    public static bool Conflict(IPAddress one, IPAddress other) =>
        one.AddressFamily == other.AddressFamily && (one.Equals(other) || IsAny(one) || IsAny(other));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
