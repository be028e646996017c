using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Ports;

/// <summary>
/// Reserves host ports, each by a socket that is really bound: so no other program gets the port, and conflicts show
/// at the start of the container, in Docker's words. A container with very many ports gets them without sockets.
/// Containers of one group share a port that several of them publish.
/// </summary>
internal sealed class PortBinder(HostNetwork host, string defaultAddress)
{
    /// <summary>With more ports than these, none of the container's is held by a socket.</summary>
    internal const int MostSockets = 256;
    private const string AllTaken = "all ports are allocated";
    private const string InUse = "address already in use";
    private const string NotHere = "cannot assign requested address";

    private readonly PortClaims _claims = new();
    private readonly Lock _lock = new();
    private readonly SharedPorts _shared = new();
    private ushort _lastEphemeral;

    /// <summary>
    /// Reserves every published port, or none when one of them cannot be. Where it is published on all addresses that is
    /// on <paramref name="bind"/> only, where that is one address; <paramref name="knowsIPv6"/>: the container can be reached by IPv6.
    /// Containers of the <paramref name="group"/> share them; where <paramref name="isHosted"/> they are taken without sockets, which somebody else has.
    /// </summary>
    public IReadOnlyList<HeldPort> Bind(NetworkSpec spec, string group, IPAddress? bind, bool knowsIPv6, bool isHosted = false)
    {
        using var turn = _shared.Enter(group);
        var requested = Requested(spec).ToList();
        var holders = requested.Count > MostSockets || isHosted ? PortHolders.Read(host) : null;
        // Without sockets there is no proxy: what the kernel cannot translate to the container is not offered.
        var everywhere = bind is not null && !bind.Equals(IPAddress.Any) ? [bind] : Everywhere(host.HasIPv6 && (knowsIPv6 || holders is null));
        var bound = new List<HeldPort>();
        try
        {
            foreach (var published in requested) bound.AddRange(Bind(published, group, everywhere, holders));
            return bound;
        }
        catch
        {
            foreach (var one in bound) Release(one);
            throw;
        }
    }

    /// <summary>Reserves ports again that a living container has had; what could not be is told by <paramref name="lost"/>.</summary>
    public IReadOnlyList<HeldPort> Rebind(IReadOnlyList<BoundPort> ports, string group, Action<BoundPort, string> lost)
    {
        using var turn = _shared.Enter(group);
        var hasSockets = ports.Select(port => (port.ContainerPort, port.HostPort)).Distinct().Count() <= MostSockets;
        var bound = new List<HeldPort>(ports.Count);
        foreach (var port in ports)
        {
            var address = IPAddress.Parse(port.HostAddress);
            if (_shared.Join(group, port) is { } shared)
            {
                bound.Add(shared);
                continue;
            }

            if (!_claims.TryClaim(port.ContainerPort.Protocol, port.HostPort, [address], out _))
            {
                lost(port, "another container has it");
                continue;
            }

            Socket? socket = null;
            var failure = hasSockets ? TryOpen(port.ContainerPort.Protocol, address, port.HostPort, out socket) : null;
            if (failure is not null) lost(port, failure);
            // The kernel's translation still comes before the socket of whoever took the port while no daemon ran.
            bound.Add(_shared.Open(group, port, new HostPort(port.ContainerPort.Protocol, address, port.HostPort, socket)));
        }

        return bound;
    }

    /// <summary>A container's own port is its group's from now on.</summary>
    public void Share(HeldPort held, string group)
    {
        using var turn = _shared.Enter(group);
        _shared.Open(group, held.Port, held.Host);
    }

    /// <summary>Leaves the serving of a port to somebody else, or takes it back.</summary>
    public void SetHosted(HostPort port, bool isHosted)
    {
        if (port.IsHosted == isHosted) return;
        if (isHosted)
        {
            port.LeaveToHost();
            return;
        }

        // Where the other has not let go of it yet, the kernel's translation serves all but loopback.
        TryOpen(port.Protocol, port.Address, port.Number, out var socket);
        port.TakeFromHost(socket);
    }

    public void Release(HeldPort bound)
    {
        using var turn = _shared.Enter(bound.Host.Group);
        if (!_shared.Leave(bound.Host)) return;
        bound.Host.Dispose();
        _claims.Release(bound.Host.Protocol, bound.Host.Number, bound.Host.Address);
    }

    private static IEnumerable<PublishedPort> Requested(NetworkSpec spec)
    {
        foreach (var published in spec.Published) yield return published;
        if (!spec.PublishAll) yield break;
        var asked = spec.Published.Select(published => published.ContainerPort).ToHashSet();
        foreach (var exposed in spec.Exposed.Where(port => !asked.Contains(port)))
            yield return new PublishedPort(exposed, "", "");
    }

    private static string Refusal(string protocol, IPAddress address, ushort port, string reason)
    {
        var family = address.AddressFamily is AddressFamily.InterNetwork ? '4' : '6';
        return $"Error starting userland proxy: listen {protocol}{family} {new IPEndPoint(address, port)}: bind: {reason}";
    }

    private static IPAddress Parse(string address) =>
        IPAddress.TryParse(address.Trim('[', ']'), out var one) ? one : throw new EngineException(ErrorKind.Invalid, $"invalid IP address: {address}");

    private IReadOnlyList<IPAddress> Everywhere(bool hasIPv6)
    {
        if (defaultAddress.Length > 0) return [Parse(defaultAddress)];
        return hasIPv6 ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Any];
    }

    private IReadOnlyList<HeldPort> Bind(PublishedPort published, string group, IReadOnlyList<IPAddress> everywhere, PortHolders? holders)
    {
        if (published.ContainerPort.Protocol is not ("tcp" or "udp"))
            throw new EngineException(ErrorKind.Internal, "Error starting userland proxy: protocol not supported");
        var addresses = published.HostAddress.Length > 0 ? [Parse(published.HostAddress)] : everywhere;
        var range = HostPortRange.Parse(published.HostPort);
        var failure = AllTaken;
        var candidates = group.Length > 0 ? _shared.Of(group, published.ContainerPort, addresses).Where(range.Contains).Concat(Candidates(range)) : Candidates(range);
        foreach (var port in candidates)
        {
            IReadOnlyList<HeldPort> bound;
            failure = group.Length > 0
                ? TryShare(group, published.ContainerPort, addresses, port, holders, out bound)
                : TryBind(published.ContainerPort, addresses, port, holders, out bound);
            if (failure is null) return bound;
            // An address the host does not have will not be there for the next port either.
            if (failure.EndsWith(NotHere, StringComparison.Ordinal)) break;
            failure = range.IsSingle && !range.IsEphemeral ? failure : AllTaken;
        }

        throw new EngineException(ErrorKind.Internal, failure);
    }

    private IEnumerable<ushort> Candidates(HostPortRange range)
    {
        if (!range.IsEphemeral)
        {
            for (int port = range.First; port <= range.Last; port++) yield return (ushort)port;
            yield break;
        }

        var (low, high) = host.EphemeralPorts;
        for (var tried = 0; tried <= high - low; tried++)
        {
            lock (_lock) _lastEphemeral = _lastEphemeral < low || _lastEphemeral >= high ? low : (ushort)(_lastEphemeral + 1);
            yield return _lastEphemeral;
        }
    }

    /// <summary>As <see cref="TryBind"/>, where others of the group may have the port already.</summary>
    private string? TryShare(string group, PortSpec containerPort, IReadOnlyList<IPAddress> addresses, ushort port, PortHolders? holders, out IReadOnlyList<HeldPort> bound)
    {
        var (joined, missing) = (new List<HeldPort>(), new List<IPAddress>());
        foreach (var address in addresses)
        {
            if (_shared.Join(group, new BoundPort(containerPort, address.ToString(), port)) is { } shared) joined.Add(shared);
            else missing.Add(address);
        }

        IReadOnlyList<HeldPort> opened = [];
        var failure = missing.Count > 0 ? TryBind(containerPort, missing, port, holders, out opened) : null;
        if (failure is not null)
        {
            foreach (var one in joined) Release(one);
            joined.Clear();
        }

        bound = [.. joined, .. opened.Select(one => _shared.Open(group, one.Port, one.Host))];
        return failure;
    }

    /// <summary>Null when the port could be reserved on all addresses; otherwise why not.</summary>
    private string? TryBind(PortSpec containerPort, IReadOnlyList<IPAddress> addresses, ushort port, PortHolders? holders, out IReadOnlyList<HeldPort> bound)
    {
        bound = [];
        var protocol = containerPort.Protocol;
        if (!_claims.TryClaim(protocol, port, addresses, out var inTheWay))
            return $"Bind for {new IPEndPoint(inTheWay ?? addresses[0], port)} failed: port is already allocated";

        var opened = new List<HeldPort>(addresses.Count);
        foreach (var address in addresses)
        {
            Socket? socket = null;
            var failure = holders is null ? TryOpen(protocol, address, port, out socket)
                : holders.IsHeld(protocol, address, port) ? Refusal(protocol, address, port, InUse) : null;
            if (failure is null)
            {
                opened.Add(new HeldPort(new BoundPort(containerPort, address.ToString(), port), new HostPort(protocol, address, port, socket)));
                continue;
            }

            foreach (var one in opened) one.Host.Dispose();
            foreach (var claimed in addresses) _claims.Release(protocol, port, claimed);
            return failure;
        }

        bound = opened;
        return null;
    }

    private string? TryOpen(string protocol, IPAddress address, ushort port, out Socket? opened)
    {
        var isTcp = protocol == "tcp";
        opened = null;
        Socket? socket = null;
        try
        {
            socket = host.OpenSocket(address.AddressFamily, isTcp ? ProtocolType.Tcp : ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, port));
            if (isTcp) socket.Listen();
            opened = socket;
            return null;
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            return Refusal(protocol, address, port, Marshal.GetPInvokeErrorMessage(exception.NativeErrorCode).ToLower(CultureInfo.InvariantCulture));
        }
    }
}
