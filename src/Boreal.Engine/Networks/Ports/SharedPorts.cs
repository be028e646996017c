using System.Net;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks.Ports;

/// <summary>Which host ports a group's containers have. The first to publish one opens it, others join, the last to leave closes it.</summary>
internal sealed class SharedPorts
{
    // Whoever opens a port of a group must have entered: of two at once the second is to find what the first opened.
    private readonly Lock _entering = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Group, string Protocol, IPAddress Address, ushort Number), (HostPort Host, PortSpec First)> _ports = [];

    /// <summary>Keeps others that share ports out until it is disposed; containers without a group wait for nobody.</summary>
    public IDisposable? Enter(string group) => group.Length > 0 ? new Turn(_entering) : null;

    /// <summary>The group's ports that lead to a container port and are open at all of the addresses.</summary>
    public IReadOnlyList<ushort> Of(string group, PortSpec port, IReadOnlyList<IPAddress> addresses)
    {
        if (group.Length == 0) return [];
        lock (_lock)
        {
            return [.. _ports.Where(one => one.Key.Group == group && one.Value.First == port && addresses.Contains(one.Key.Address))
                .GroupBy(one => one.Key.Number).Where(one => one.Count() == addresses.Count).Select(one => one.Key).Order()];
        }
    }

    /// <summary>Null where the group does not have the port.</summary>
    public HeldPort? Join(string group, BoundPort port)
    {
        lock (_lock)
        {
            if (group.Length == 0) return null;
            // The group may have it at every address, which is more than is asked for here.
            var everywhere = port with { HostAddress = port.HostAddress.Contains(':', StringComparison.Ordinal) ? "::" : "0.0.0.0" };
            foreach (var place in (BoundPort[])[port, everywhere])
            {
                if (!_ports.TryGetValue(KeyOf(group, place), out var shared)) continue;
                shared.Host.Holders++;
                return new HeldPort(place, shared.Host);
            }

            return null;
        }
    }

    /// <summary>A port that was opened; others of the group find it from now on.</summary>
    public HeldPort Open(string group, BoundPort port, HostPort host)
    {
        if (group.Length == 0) return new HeldPort(port, host);
        host.Group = group;
        lock (_lock) _ports.Add(KeyOf(group, port), (host, port.ContainerPort));
        return new HeldPort(port, host);
    }

    /// <summary>True for the last one, who has to close it.</summary>
    public bool Leave(HostPort host)
    {
        lock (_lock)
        {
            if (--host.Holders > 0) return false;
            _ports.Remove((host.Group, host.Protocol, host.Address, host.Number));
            return true;
        }
    }

    private static (string, string, IPAddress, ushort) KeyOf(string group, BoundPort port) =>
        (group, port.ContainerPort.Protocol, IPAddress.Parse(port.HostAddress), port.HostPort);

    private sealed class Turn : IDisposable
    {
        private readonly Lock _entering;

        public Turn(Lock entering)
        {
            _entering = entering;
            _entering.Enter();
        }

        public void Dispose() => _entering.Exit();
    }
}
