using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.State;

namespace Boreal.Engine.Containers;

/// <summary>Connects containers to networks and takes them off, running or not.</summary>
public sealed class ContainerConnector(ContainerRegistry registry, NetworkRegistry networks, NetworkSandboxes sandboxes, NetworkEvents events, NodePaths paths)
{
    private const string SharesNamespace = "container sharing network namespace with another container or host cannot be connected to any other network";
    private const string HostIsFixed = "container cannot be disconnected from host network or connected to host network";
    private const string NoneIsAlone = "container cannot be connected to multiple networks with one of the networks in private (none) mode";

    /// <exception cref="EngineException">NotFound: the network. Invalid: it shares another's namespace. Forbidden: it is there already.</exception>
    public async Task ConnectAsync(Container container, string reference, EndpointSpec asked, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        if (container.Status.State is ContainerState.Removing or ContainerState.Dead)
            throw new EngineException(ErrorKind.Conflict, $"Container {container.Id} is marked for removal and cannot be connected or disconnected to the network");
        var network = networks.Find(reference);
        var spec = container.Spec;
        CheckConnect(spec.Network, network);
        if (spec.Network.Networks.Any(endpoint => IsOn(endpoint, network)))
            throw new EngineException(ErrorKind.Forbidden, $"endpoint with name {spec.Name} already exists in network {network.Name}");

        asked = asked with { Network = network.Name };
        var changed = spec with { Network = spec.Network with { Endpoints = [.. spec.Network.Networks, asked] } };
        if (!container.Status.HasProcess || container.Status.Network is not { } status)
        {
            registry.Update(container, changed);
            return;
        }

        // Killed before both are recorded, the next start takes the link away: the client has had no answer yet.
        var connected = await sandboxes.ConnectAsync(SandboxRequest.Of(changed), status, asked);
        registry.Update(container, changed, container.Status with { Network = connected });
        NetworkFiles.Follow(paths.Container(container.Id), changed, status, connected);
        events.Publish(connected.Endpoints[^1], container.Id, "connect");
    }

    /// <exception cref="EngineException">NotFound: the network. Internal, in Docker's words: it is not connected.</exception>
    public async Task DisconnectAsync(Container container, string reference, CancellationToken cancellationToken)
    {
        using var claim = await container.ClaimAsync(cancellationToken);
        var network = networks.TryFind(reference);
        var spec = container.Spec;
        if (spec.Network.Mode == PredefinedNetworks.Host || network?.Name == PredefinedNetworks.Host)
            throw new EngineException(ErrorKind.Invalid, HostIsFixed);
        if (spec.Network.Networks.FirstOrDefault(endpoint => network is null ? endpoint.Network == reference : IsOn(endpoint, network)) is not { } present)
        {
            throw network is null
                ? Network.NotFound(reference)
                : new EngineException(ErrorKind.Internal, $"container {container.Id} is not connected to network {network.Name}");
        }

        var changed = spec with { Network = spec.Network with { Endpoints = [.. spec.Network.Networks.Where(endpoint => endpoint != present)] } };
        var status = container.Status;
        if (!status.HasProcess || status.Network?.Endpoints.FirstOrDefault(endpoint => endpoint.NetworkId == network?.Id) is not { } endpoint)
        {
            registry.Update(container, changed);
            return;
        }

        // Recorded first: killed on the way, the next start takes away what nobody is recorded to have.
        var remaining = status.Network with { Endpoints = [.. status.Network.Endpoints.Where(other => other != endpoint)] };
        registry.Update(container, changed, status with { Network = remaining });
        var left = await sandboxes.DisconnectAsync(SandboxRequest.Of(changed), status.Network, endpoint);
        registry.Update(container, container.Status with { Network = left });
        NetworkFiles.Follow(paths.Container(container.Id), changed, status.Network, left);
        events.Publish(endpoint, container.Id, "disconnect");
    }

    private static bool IsOn(EndpointSpec endpoint, Network network) => endpoint.Network == network.Name || endpoint.Network == network.Id;

    private static void CheckConnect(NetworkSpec spec, Network network)
    {
        if (network.Name == PredefinedNetworks.Host)
            throw new EngineException(ErrorKind.Invalid, HostIsFixed);
        if (spec.IsJoined || spec.Networks.Any(endpoint => endpoint.Network == PredefinedNetworks.Host))
            throw new EngineException(ErrorKind.Invalid, SharesNamespace);
        if (spec.Networks.Any(endpoint => endpoint.Network == PredefinedNetworks.None) || (network.Name == PredefinedNetworks.None && spec.Networks.Count > 0))
            throw new EngineException(ErrorKind.Invalid, NoneIsAlone);
    }
}
