using System.Collections.Concurrent;
using System.Net;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Endpoints;
using Boreal.Engine.Networks.Sandboxes;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>
/// The containers' network sandboxes on this node. Everything it makes is found again by name, so a new process can go on
/// from the statuses alone. Calls about one container come one after the other: its claim is held.
/// </summary>
public sealed partial class NetworkSandboxes(
    NetworkOptions options, Database database, NetworkRegistry registry, TimeProvider time, ILogger<NetworkSandboxes> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Attachment> _attached = new();
    private readonly NetworkIdentities _identities = new(database, time);
    private readonly SandboxNames _names = new(options);
    private readonly EndpointPlanner _planner = new(registry);
    private Node? _node;

    /// <summary>What the name <c>host-gateway</c> stands for in extra hosts.</summary>
    public string HostGateway => Started.Bridge.Address.Address.ToString();

    internal Node Started => _node ?? throw new InvalidOperationException("the network sandboxes are not started yet");

    /// <summary>The stable id of <c>bridge</c>, <c>host</c> or <c>none</c>.</summary>
    public string NetworkId(string name) => _identities.Of(name);

    /// <summary>
    /// Makes the networks and the firewall or takes them over, binds the ports of <paramref name="live"/> again and
    /// takes away what belongs to nobody. Connections of living containers go on.
    /// </summary>
    public async Task StartAsync(IReadOnlyCollection<(SandboxRequest Request, NetworkStatus Status)> live, CancellationToken cancellationToken) =>
        await Task.Run(() => _node = new NodeStart(options, _names, _identities, registry, time, logger).Run(live, _attached), cancellationToken);

    /// <summary>Connects a container to its networks; one of mode <c>container:ID</c> gets nothing here, it joins the other's namespace.</summary>
    /// <exception cref="EngineException">A network is missing, or an address or a port in use.</exception>
    public async Task<NetworkStatus> AttachAsync(SandboxRequest request, CancellationToken cancellationToken) =>
        request.Network.IsJoined ? Describe(request, [], "", "", path: null) : await Task.Run(
            async () => Attach(request, await PlanAsync(() => _planner.Plan(request.Network))), cancellationToken);

    /// <summary>Connects a running container to one more network. It is in force on return but not recorded: a restart forgets it.</summary>
    /// <exception cref="EngineException">The network is missing, or an address or a port in use.</exception>
    public async Task<NetworkStatus> ConnectAsync(SandboxRequest request, NetworkStatus status, EndpointSpec asked) =>
        await Task.Run(async () =>
        {
            var running = Running(request, status);
            return Connect(request, status, running, await PlanAsync(() => _planner.Plan(asked, status.Endpoints)));
        });

    /// <summary>Takes a running container from a network. Recorded before or after: a restart goes on with it only in the first case.</summary>
    public async Task<NetworkStatus> DisconnectAsync(SandboxRequest request, NetworkStatus status, EndpointStatus endpoint) =>
        await Task.Run(() => Disconnect(request, status, endpoint));

    /// <summary>A running container is called otherwise from now on.</summary>
    public void Rename(SandboxRequest request, NetworkStatus status) => Started.Naming.Follow(request, status);

    /// <summary>A container gets no new connections of its group's, or does again. In force on return; those it has go on.</summary>
    public void Withdraw(ContainerId container, bool isWithdrawn) => Started.Balancer.Withdraw(container, isWithdrawn);

    /// <summary>What the container's health checks say: of its group, who is not healthy gets no new connections.</summary>
    public void SetHealthy(ContainerId container, bool isHealthy) => Started.Balancer.SetHealthy(container, isHealthy);

    /// <summary>Takes a sandbox down. Its ports are free on return; the kernel's part goes shortly after. Idempotent.</summary>
    public Task DetachAsync(NetworkStatus status, CancellationToken cancellationToken)
    {
        var node = Started;
        var held = status.Endpoints.Where(endpoint => Leave(node, endpoint)).ToList();
        if (status.SandboxPath is null || !_attached.TryRemove(status.SandboxId, out var attachment)) return Task.CompletedTask;
        node.Naming.Close(status.SandboxId);
        node.Balancer.Forget(status.SandboxId);
        node.Publisher.Close(attachment);
        node.Reaper.Bury(new DoomedSandbox(status.SandboxPath, [.. status.Endpoints.Select(LinkOf)])
        {
            Addresses = [.. held.SelectMany(AddressesOf)],
            Gone = () => Release(held),
        });
        return Task.CompletedTask;
    }

    /// <summary>Leaves living containers connected; takes the rest away, networks too that nobody is on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _node, null) is not { } node) return;
        await node.DisposeAsync();
        foreach (var attachment in _attached.Values) attachment.Dispose();
    }

    private static IEnumerable<IPAddress> AddressesOf(EndpointStatus endpoint)
    {
        if (endpoint.Address.Length > 0) yield return IPAddress.Parse(endpoint.Address);
        if (endpoint.Address6.Length > 0) yield return IPAddress.Parse(endpoint.Address6);
    }

    // What was taken down a moment ago holds its addresses until the kernel has let go of it.
    private async Task<T> PlanAsync<T>(Func<T> plan)
    {
        try
        {
            return plan();
        }
        catch (EngineException full) when (full.Kind is ErrorKind.Forbidden or ErrorKind.Internal)
        {
            await Started.Reaper.WhenDoneAsync();
            return plan();
        }
    }

    private NetworkStatus Attach(SandboxRequest request, IReadOnlyList<EndpointPlan> plans)
    {
        var node = Started;
        var attachment = new Attachment { Group = node.Balancer.GroupOf(request) };
        Sandbox? sandbox = null;
        var wired = false;
        try
        {
            if (plans.Any(plan => plan.Network.Name == PredefinedNetworks.Host))
                return Settle(request, plans, Describe(request, plans, SandboxNames.CreateId(), _names.HostKey, path: null));
            sandbox = node.Sandboxes.Take(KindFor(plans));
            plans = TakeLink(plans, sandbox);
            node.Publisher.Bind(attachment, request, GatewayChoice.Of(plans.Select(plan => plan.Status)).OfPorts);
            wired = true;
            node.Wiring.Wire(sandbox, plans);
            node.Publisher.Open(attachment);
            var status = Describe(request, plans, sandbox.Id, sandbox.Path, sandbox.Path) with { Ports = attachment.Ports };
            status = status with { HasNameServer = node.Naming.Follow(request, status) };
            node.Balancer.Follow(request, status, attachment);
            _attached[sandbox.Id] = attachment;
            return Settle(request, plans, status);
        }
        catch (Exception exception)
        {
            Log.CannotAttach(logger, request.Id.Short, exception.Message);
            node.Publisher.Close(attachment);
            // Addresses that no link has had need not wait for the kernel.
            if (!wired) Abandon(plans);
            foreach (var plan in plans) node.Naming.Forget(plan.Status);
            if (sandbox is not null)
            {
                node.Naming.Close(sandbox.Id);
                node.Balancer.Forget(sandbox.Id);
            }

            node.Reaper.Bury(new DoomedSandbox(sandbox?.Path, [.. plans.Select(plan => LinkOf(plan.Status))]) { Gone = wired ? () => Abandon(plans) : null });
            throw;
        }
        finally
        {
            sandbox?.Dispose();
        }
    }

    private NetworkStatus Connect(SandboxRequest request, NetworkStatus status, (string Path, Attachment Attachment) running, EndpointPlan plan)
    {
        var node = Started;
        var (path, attachment) = running;
        try
        {
            IReadOnlyList<EndpointStatus> endpoints = [.. status.Endpoints, plan.Status];
            using (var sandbox = Sandbox.Open(status.SandboxId, path)) node.Wiring.Add(sandbox, plan, status.Endpoints);
            node.Publisher.Redirect(attachment, request, GatewayChoice.Of(endpoints).OfPorts);
            var connected = status with { Endpoints = endpoints, Ports = attachment.Ports };
            connected = connected with { HasNameServer = node.Naming.Follow(request, connected) };
            node.Balancer.Follow(request, connected, attachment);
            Enter(request, plan);
            return connected;
        }
        catch (Exception exception)
        {
            Log.CannotAttach(logger, request.Id.Short, exception.Message);
            node.Publisher.Redirect(attachment, request, GatewayChoice.Of(status.Endpoints).OfPorts);
            node.Naming.Forget(plan.Status);
            node.Reaper.Bury(new DoomedSandbox(Path: null, [LinkOf(plan.Status)]) { Gone = () => EndpointPlanner.Abandon(plan) });
            throw;
        }
    }

    private NetworkStatus Disconnect(SandboxRequest request, NetworkStatus status, EndpointStatus endpoint)
    {
        var node = Started;
        var (path, attachment) = Running(request, status);
        IReadOnlyList<EndpointStatus> remaining = [.. status.Endpoints.Where(other => other.EndpointId != endpoint.EndpointId)];
        node.Publisher.Redirect(attachment, request, GatewayChoice.Of(remaining).OfPorts);
        var left = status with { Endpoints = remaining, Ports = attachment.Ports };
        node.Balancer.Follow(request, left, attachment);
        if (endpoint.Interface.Length > 0)
        {
            using var sandbox = Sandbox.Open(status.SandboxId, path);
            EndpointWiring.Remove(sandbox, endpoint, remaining);
        }

        if (Leave(node, endpoint))
        {
            node.Reaper.Bury(new DoomedSandbox(Path: null, [LinkOf(endpoint)])
            {
                Addresses = [.. AddressesOf(endpoint)],
                Gone = () => Release([endpoint]),
            });
        }

        node.Naming.Follow(request, left);
        return left;
    }

    private (string Path, Attachment Attachment) Running(SandboxRequest request, NetworkStatus status) =>
        status.SandboxPath is { } path && _attached.TryGetValue(status.SandboxId, out var attachment)
            ? (path, attachment)
            : throw new EngineException(ErrorKind.Internal, $"container {request.Id} has no network sandbox");

    private static SandboxKind KindFor(IReadOnlyList<EndpointPlan> plans) => plans.Count == 0 || plans[0].Network.Bridge is null || plans[0].Status.Interface != Sandbox.FirstLink
        ? SandboxKind.Bare
        // A link that is up already would keep the IPv6 address of another hardware address.
        : plans[0].Network.Name == PredefinedNetworks.Bridge && plans[0].Status.Address6.Length == 0 ? SandboxKind.Bridged : SandboxKind.Loose;

    /// <summary>The first endpoint takes the id that the link made ahead is named after.</summary>
    private static IReadOnlyList<EndpointPlan> TakeLink(IReadOnlyList<EndpointPlan> plans, Sandbox sandbox) => sandbox.EndpointId.Length == 0
        ? plans
        : [plans[0] with { Status = plans[0].Status with { EndpointId = sandbox.EndpointId } }, .. plans.Skip(1)];

    private static void Enter(SandboxRequest request, EndpointPlan plan)
    {
        plan.Network.Add(plan.Status, request.Id);
        plan.Network.Leave();
    }

    private static void Abandon(IEnumerable<EndpointPlan> plans)
    {
        foreach (var plan in plans) EndpointPlanner.Abandon(plan);
    }

    private static NetworkStatus Settle(SandboxRequest request, IReadOnlyList<EndpointPlan> plans, NetworkStatus status)
    {
        foreach (var plan in plans) Enter(request, plan);
        return status;
    }

    /// <summary>False when the endpoint has left before.</summary>
    private bool Leave(Node node, EndpointStatus endpoint)
    {
        node.Naming.Forget(endpoint);
        return registry.TryFind(endpoint.NetworkId)?.Remove(endpoint.EndpointId) == true;
    }

    private NetworkStatus Describe(SandboxRequest request, IReadOnlyList<EndpointPlan> plans, string id, string key, string? path) => new()
    {
        Mode = request.Network.Mode,
        SandboxId = id,
        SandboxPath = path,
        SandboxKey = key,
        HostGateway = HostGateway,
        Endpoints = [.. plans.Select(plan => plan.Status)],
    };

    private void Release(IReadOnlyList<EndpointStatus> endpoints)
    {
        foreach (var endpoint in endpoints) registry.TryFind(endpoint.NetworkId)?.Release(endpoint);
    }

    private string LinkOf(EndpointStatus endpoint) => _names.LinkOf(endpoint.EndpointId);

    private static partial class Log
    {
        [LoggerMessage(EventId = 6131, Level = LogLevel.Debug, Message = "container {Container} cannot be connected: {Reason}")]
        public static partial void CannotAttach(ILogger logger, string container, string reason);
    }
}
