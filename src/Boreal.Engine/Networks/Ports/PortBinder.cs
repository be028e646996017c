using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Ports;

/// <summary>
/// Reserves host ports, each by a socket that is really bound: so no other program gets the port, and conflicts show
/// at the start of the container, in Docker's words.
/// </summary>
internal sealed class PortBinder(HostNetwork host, string defaultAddress)
{
    private const string AllTaken = "all ports are allocated";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Protocol, ushort Port), List<IPAddress>> _taken = [];
    private ushort _lastEphemeral;

    /// <summary>Binds every published port, or none when one of them cannot be.</summary>
    public IReadOnlyList<BoundSocket> Bind(NetworkSpec spec)
    {
        var bound = new List<BoundSocket>();
        try
        {
            foreach (var published in Requested(spec)) bound.AddRange(Bind(published));
            return bound;
        }
        catch
        {
            foreach (var one in bound) Release(one);
            throw;
        }
    }

    /// <summary>Binds a port again that a living container has had.</summary>
    public BoundSocket Rebind(BoundPort port)
    {
        var failure = TryBind(port.ContainerPort, [IPAddress.Parse(port.HostAddress)], port.HostPort, out var bound);
        return failure is null ? bound[0] : throw new EngineException(ErrorKind.Internal, failure);
    }

    public void Release(BoundSocket bound)
    {
        bound.Socket.Dispose();
        Forget((bound.Port.ContainerPort.Protocol, bound.Port.HostPort), IPAddress.Parse(bound.Port.HostAddress));
    }

    private static IEnumerable<PublishedPort> Requested(NetworkSpec spec)
    {
        foreach (var published in spec.Published) yield return published;
        if (!spec.PublishAll) yield break;
        foreach (var exposed in spec.Exposed.Where(port => spec.Published.All(published => published.ContainerPort != port)))
            yield return new PublishedPort(exposed, "", "");
    }

    private List<BoundSocket> Bind(PublishedPort published)
    {
        if (published.ContainerPort.Protocol is not ("tcp" or "udp"))
            throw new EngineException(ErrorKind.Internal, "Error starting userland proxy: protocol not supported");
        var addresses = Addresses(published.HostAddress.Length > 0 ? published.HostAddress : defaultAddress);
        var range = HostPortRange.Parse(published.HostPort);
        var failure = AllTaken;
        foreach (var port in Candidates(range))
        {
            failure = TryBind(published.ContainerPort, addresses, port, out var bound);
            if (failure is null) return bound;
            // An address the host does not have will not be there for the next port either.
            if (failure.EndsWith("cannot assign requested address", StringComparison.Ordinal)) break;
            failure = range.IsSingle && !range.IsEphemeral ? failure : AllTaken;
        }

        throw new EngineException(ErrorKind.Internal, failure);
    }

    private List<IPAddress> Addresses(string address)
    {
        if (address.Length > 0)
        {
            return IPAddress.TryParse(address.Trim('[', ']'), out var one)
                ? [one]
                : throw new EngineException(ErrorKind.Invalid, $"invalid IP address: {address}");
        }

        return host.HasIPv6 ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Any];
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

    /// <summary>Null when all addresses could be bound; otherwise why not.</summary>
    private string? TryBind(PortSpec containerPort, List<IPAddress> addresses, ushort port, out List<BoundSocket> bound)
    {
        bound = [];
        foreach (var address in addresses)
        {
            var failure = TryBind(containerPort, address, port, out var socket);
            if (failure is null && socket is not null)
            {
                bound.Add(new BoundSocket(new BoundPort(containerPort, address.ToString(), port), socket));
                continue;
            }

            foreach (var one in bound) Release(one);
            bound = [];
            return failure;
        }

        return null;
    }

    private string? TryBind(PortSpec containerPort, IPAddress address, ushort port, out Socket? bound)
    {
        bound = null;
        var key = (containerPort.Protocol, port);
        if (!TryClaim(key, address)) return $"Bind for {new IPEndPoint(address, port)} failed: port is already allocated";

        var isTcp = containerPort.Protocol == "tcp";
        Socket? socket = null;
        try
        {
            socket = host.OpenSocket(address.AddressFamily, isTcp ? ProtocolType.Tcp : ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, port));
            if (isTcp) socket.Listen();
            bound = socket;
            return null;
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            Forget(key, address);
            var family = address.AddressFamily is AddressFamily.InterNetwork ? '4' : '6';
            var reason = Marshal.GetPInvokeErrorMessage(exception.NativeErrorCode).ToLower(CultureInfo.InvariantCulture);
            return $"Error starting userland proxy: listen {containerPort.Protocol}{family} {new IPEndPoint(address, port)}: bind: {reason}";
        }
    }

    private bool TryClaim((string Protocol, ushort Port) key, IPAddress address)
    {
        lock (_lock)
        {
            if (!_taken.TryGetValue(key, out var addresses)) _taken[key] = addresses = [];
            if (addresses.Any(other => Conflict(other, address))) return false;
            addresses.Add(address);
            return true;
        }
    }

    private void Forget((string Protocol, ushort Port) key, IPAddress address)
    {
        lock (_lock)
        {
            if (_taken.TryGetValue(key, out var addresses) && addresses.Remove(address) && addresses.Count == 0) _taken.Remove(key);
        }
    }

    private static bool Conflict(IPAddress one, IPAddress other) =>
        one.AddressFamily == other.AddressFamily && (one.Equals(other) || IsAny(one) || IsAny(other));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
