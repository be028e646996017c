using System.Net;

namespace Boreal.Engine.Networks.Ports;

/// <summary>Where a host port's proxy takes what arrives: to one container, or to those of a group in turn.</summary>
internal sealed class PortTargets
{
    private readonly Lock _lock = new();
    private Dictionary<IPEndPoint, int>? _open;
    private volatile IPEndPoint[] _targets = [];
    private uint _turn;

    /// <summary>From now on new clients go to these. Who is connected stays.</summary>
    public void Set(IEnumerable<IPEndPoint> targets) => _targets = [.. targets];

    /// <summary>Connections that the proxy holds open to a container's address.</summary>
    public int OpenTo(IPAddress address)
    {
        lock (_lock) return _open?.Where(open => open.Key.Address.Equals(address)).Sum(open => open.Value) ?? 0;
    }

    /// <summary>All of them, the one whose turn it is first: the rest are for when that one does not answer.</summary>
    public IEnumerable<IPEndPoint> InTurn()
    {
        var targets = _targets;
        if (targets.Length == 0) return [];
        var first = (int)(Interlocked.Increment(ref _turn) % (uint)targets.Length);
        return targets.Length == 1 ? targets : [.. targets[first..], .. targets[..first]];
    }

    public bool Has(IPEndPoint target) => _targets.Contains(target);

    public void Opened(IPEndPoint target) => Count(target, 1);

    public void Closed(IPEndPoint target) => Count(target, -1);

    private void Count(IPEndPoint target, int change)
    {
        lock (_lock)
        {
            _open ??= [];
            var count = _open.GetValueOrDefault(target) + change;
            if (count > 0) _open[target] = count;
            else _open.Remove(target);
        }
    }
}
