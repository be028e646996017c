using System.Buffers.Binary;
using System.Net;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks;

/// <summary>The addresses of one network; the lowest free one is given out first, as people expect from Docker.</summary>
internal sealed class AddressPool
{
    private readonly Lock _lock = new();
    private readonly HashSet<uint> _taken = [];
    private readonly uint _network;
    private readonly uint _broadcast;

    public AddressPool(IPNetworkAddress gateway)
    {
        var mask = uint.MaxValue << (32 - gateway.PrefixLength);
        _network = ToNumber(gateway.Address) & mask;
        _broadcast = _network | ~mask;
        _taken.Add(ToNumber(gateway.Address));
    }

    public IPAddress Take()
    {
        lock (_lock)
        {
            for (var candidate = _network + 1; candidate < _broadcast; candidate++)
            {
                if (_taken.Add(candidate)) return FromNumber(candidate);
            }
        }

        throw new EngineException(ErrorKind.Internal, "no available IPv4 addresses on this network's address pools: bridge");
    }

    /// <summary>Takes an address that is in use already.</summary>
    public void TakeOver(IPAddress address)
    {
        lock (_lock) _taken.Add(ToNumber(address));
    }

    public void Release(IPAddress address)
    {
        lock (_lock) _taken.Remove(ToNumber(address));
    }

    private static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress FromNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
