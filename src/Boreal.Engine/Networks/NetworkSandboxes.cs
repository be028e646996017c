using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;
using Boreal.Engine.State;
using Boreal.Linux.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>The containers' network sandboxes on this node. Everything it makes is found again by name, so a new process can go on from the statuses alone.</summary>
public sealed partial class NetworkSandboxes(NetworkOptions options, Database database, TimeProvider time, ILogger<NetworkSandboxes> logger) : IAsyncDisposable
{
    private const string JoinPrefix = "container:";

    private readonly ConcurrentDictionary<string, Attachment> _attached = new();
    private readonly NetworkIdentities _identities = new(database);
    private readonly SandboxNames _names = new(options);
    private Node? _node;

    private Node Started => _node ?? throw new InvalidOperationException("the network sandboxes are not started yet");

    /// <summary>The address and prefix length of the default bridge.</summary>
    public IPNetworkAddress Gateway => Started.Bridge.Address;

    /// <summary>The stable id of <c>bridge</c>, <c>host</c> or <c>none</c>.</summary>
    public string NetworkId(string name) => _identities.Of(name);

    /// <summary>
    /// Makes the bridge and the firewall table or takes them over, binds the ports of <paramref name="live"/> again and
    /// takes away what belongs to nobody. Connections of living containers go on.
    /// </summary>
    public async Task StartAsync(IReadOnlyCollection<(ContainerId Id, NetworkStatus Status)> live, CancellationToken cancellationToken) =>
        await Task.Run(() => Start(live), cancellationToken);

    /// <summary>Connects a container; one of mode <c>container:ID</c> gets nothing here, it joins the other's namespace.</summary>
    /// <exception cref="EngineException">A port is in use, or the mode names no network.</exception>
    public async Task<NetworkStatus> AttachAsync(ContainerId id, string name, NetworkSpec spec, CancellationToken cancellationToken) => spec.Mode switch
    {
        "host" => Unconnected("host", SandboxNames.CreateId(), path: null),
        "none" => await Task.Run(AttachNone, cancellationToken),
        "bridge" or "default" or "" => await Task.Run(() => AttachBridge(id, name, spec), cancellationToken),
        _ when spec.Mode.StartsWith(JoinPrefix, StringComparison.Ordinal) => Joined(spec.Mode),
        _ => throw new EngineException(ErrorKind.NotFound, $"network {spec.Mode} not found"),
    };

    /// <summary>Takes a connection down. Its ports are free on return; the kernel's part goes shortly after. Idempotent.</summary>
    public Task DetachAsync(ContainerId id, NetworkStatus status, CancellationToken cancellationToken)
    {
        if (status.SandboxPath is null || status.Mode.StartsWith(JoinPrefix, StringComparison.Ordinal)) return Task.CompletedTask;
        _attached.TryRemove(status.SandboxId, out var attachment);
        var node = Started;
        if (attachment is not null) Close(node, attachment);
        node.Reaper.Bury(new DoomedSandbox(
            _names.PathOf(status.SandboxId),
            status.Bridge is null ? null : _names.LinkOf(status.SandboxId),
            attachment?.Address,
            attachment is null ? null : () => node.Addresses.Release(attachment.Address)));
        return Task.CompletedTask;
    }

    /// <summary>Leaves living containers connected; takes the rest away, the bridge too when nothing is on it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _node, null) is not { } node) return;
        node.IsNeeded = !_attached.IsEmpty;
        await node.DisposeAsync();
        foreach (var attachment in _attached.Values) attachment.Dispose();
    }

    private static PhysicalAddress HardwareAddress(NetworkSpec spec, IPAddress address) =>
        spec.MacAddress is { Length: > 0 } asked ? PhysicalAddress.Parse(asked) : new PhysicalAddress([0x02, 0x42, .. address.GetAddressBytes()]);

    private static string Text(PhysicalAddress address) => string.Join(':', address.GetAddressBytes().Select(part => part.ToString("x2")));

    private void Start(IReadOnlyCollection<(ContainerId Id, NetworkStatus Status)> live)
    {
        Directory.CreateDirectory(_names.Directory);
        var node = Node.Open(options, _names, logger);
        foreach (var (id, status) in live)
        {
            if (status.Bridge is not null) TakeOver(node, id, status);
        }

        node.Firewall.Start([node.Bridge.Rules(_identities.Of("bridge"))], _attached.Values.SelectMany(attachment => attachment.Translations));
        node.KeepFirewall();
        foreach (var attachment in _attached.Values) attachment.StartProxies(node.Host, time);
        node.BuryAllBut(live.Select(one => one.Status.SandboxId).ToHashSet(StringComparer.Ordinal));
        node.FillPools(options.WarmSandboxes);
        _node = node;
    }

    private void TakeOver(Node node, ContainerId id, NetworkStatus status)
    {
        // Only statuses with a bridge endpoint come here.
        var attachment = new Attachment(IPAddress.Parse(status.Bridge!.Address));
        node.Addresses.TakeOver(attachment.Address);
        foreach (var port in status.Ports)
        {
            attachment.Translations.Add(new PortTranslation(port, attachment.Address, _identities.Of("bridge")));
            try
            {
                attachment.Sockets.Add(node.Ports.Rebind(port));
            }
            catch (EngineException exception)
            {
                // Somebody took the port while no daemon ran. The kernel's translation still comes before their socket.
                Log.CannotRebind(logger, port.HostPort, id.Short, exception.Message);
            }
        }

        _attached[status.SandboxId] = attachment;
    }

    private NetworkStatus AttachNone()
    {
        using var sandbox = Started.Take(withLink: false);
        return Unconnected("none", sandbox.Id, sandbox.Path);
    }

    private NetworkStatus AttachBridge(ContainerId id, string name, NetworkSpec spec)
    {
        var node = Started;
        var endpointId = NetworkIdentities.CreateId();
        var attachment = new Attachment(node.Addresses.Take());
        var networkId = _identities.Of("bridge");
        Sandbox? sandbox = null;
        try
        {
            BindPorts(node, attachment, spec, networkId, $"driver failed programming external connectivity on endpoint {name} ({endpointId})");
            sandbox = node.Take(withLink: true);
            var hardwareAddress = HardwareAddress(spec, attachment.Address);
            node.Builder.Configure(sandbox, attachment.Address, hardwareAddress);
            node.Firewall.Add(attachment.Translations);
            attachment.StartProxies(node.Host, time);
            _attached[sandbox.Id] = attachment;
            return Unconnected("bridge", sandbox.Id, sandbox.Path) with
            {
                EndpointId = endpointId,
                Bridge = new BridgeEndpoint
                {
                    EndpointId = endpointId,
                    NetworkId = networkId,
                    Address = attachment.Address.ToString(),
                    PrefixLength = node.Bridge.Address.PrefixLength,
                    Gateway = node.Bridge.Address.Address.ToString(),
                    MacAddress = Text(hardwareAddress),
                },
                Ports = [.. attachment.Sockets.Select(bound => bound.Port)],
            };
        }
        catch (Exception exception) when (exception is LinuxException or EngineException or IOException or FormatException)
        {
            Close(node, attachment);
            if (sandbox is not null) node.Reaper.Bury(new DoomedSandbox(sandbox.Path, sandbox.Link));
            node.Addresses.Release(attachment.Address);
            Log.CannotAttach(logger, id.Short, exception.Message);
            throw;
        }
        finally
        {
            sandbox?.Dispose();
        }
    }

    private static void BindPorts(Node node, Attachment attachment, NetworkSpec spec, string networkId, string context)
    {
        try
        {
            attachment.Sockets.AddRange(node.Ports.Bind(spec));
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.Internal)
        {
            throw new EngineException(ErrorKind.Internal, $"{context}: {exception.Message}", exception);
        }

        attachment.Translations.AddRange(attachment.Sockets.Select(bound => new PortTranslation(bound.Port, attachment.Address, networkId)));
    }

    private static void Close(Node node, Attachment attachment)
    {
        node.Firewall.Remove(attachment.Translations);
        attachment.Dispose();
        foreach (var bound in attachment.Sockets) node.Ports.Release(bound);
    }

    private NetworkStatus Unconnected(string mode, string sandboxId, string? path) => new()
    {
        Mode = mode,
        SandboxId = sandboxId,
        SandboxPath = path,
        SandboxKey = path ?? Path.Combine(_names.Directory, "default"),
        NetworkId = _identities.Of(mode),
        EndpointId = NetworkIdentities.CreateId(),
        HostGateway = Started.Bridge.Address.Address.ToString(),
    };

    private NetworkStatus Joined(string mode) => new()
    {
        Mode = mode,
        SandboxId = "",
        SandboxKey = "",
        NetworkId = "",
        EndpointId = "",
        HostGateway = Started.Bridge.Address.Address.ToString(),
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 6130, Level = LogLevel.Warning, Message = "cannot hold port {Port} of container {Container} again: {Reason}")]
        public static partial void CannotRebind(ILogger logger, int port, string container, string reason);

        [LoggerMessage(EventId = 6131, Level = LogLevel.Debug, Message = "container {Container} cannot be connected: {Reason}")]
        public static partial void CannotAttach(ILogger logger, string container, string reason);
    }
}
