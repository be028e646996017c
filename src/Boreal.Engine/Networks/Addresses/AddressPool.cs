using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Addresses;

/// <summary>
/// The addresses of one subnet. The lowest free one of the range is given out first, as people expect from Docker;
/// a fixed address may lie outside of the range.
/// </summary>
internal sealed class AddressPool
{
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _taken = [];
    private readonly UInt128 _first;
    private readonly UInt128 _last;
    private UInt128 _next;

    public AddressPool(IPNetwork subnet, IPNetwork? range, IPAddress? gateway, IEnumerable<IPAddress> reserved)
    {
        Subnet = subnet;
        Gateway = gateway;
        var given = range ?? subnet;
        (_first, _last) = (AddressNumber.Of(given.BaseAddress), AddressNumber.LastOf(given));
        var (network, last) = (AddressNumber.Of(subnet.BaseAddress), AddressNumber.LastOf(subnet));
        // A point-to-point subnet has neither network nor broadcast address.
        if (last - network > 1)
        {
            if (_first == network) _first++;
            if (_last == last && Family is AddressFamily.InterNetwork) _last--;
        }

        if (gateway is not null) _taken.Add(AddressNumber.Of(gateway));
        foreach (var address in reserved) _taken.Add(AddressNumber.Of(address));
        _next = _first;
    }

    public IPNetwork Subnet { get; }

    public IPAddress? Gateway { get; }

    public AddressFamily Family => Subnet.BaseAddress.AddressFamily;

    /// <summary>Null when all are given out.</summary>
    public IPAddress? TryTake()
    {
        lock (_lock)
        {
            while (_next <= _last && _taken.Contains(_next)) _next++;
            if (_next > _last) return null;
            _taken.Add(_next);
            return AddressNumber.ToAddress(_next++, Family);
        }
    }

    /// <summary>Takes this very address; false when it is given out already.</summary>
    public bool TryTake(IPAddress address)
    {
        lock (_lock) return _taken.Add(AddressNumber.Of(address));
    }

    public void Release(IPAddress address)
    {
        var number = AddressNumber.Of(address);
        lock (_lock)
        {
            if (_taken.Remove(number) && number < _next && number >= _first) _next = number;
        }
    }
}
