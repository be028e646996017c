using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Dns;
using Boreal.Engine.Networks.Sandboxes;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>Makes containers findable by name on networks of the user's, and answers their questions there.</summary>
internal sealed class EndpointNaming(Names names, NameServer server)
{
    /// <summary>The sandbox has a name server from now on, if it is on a network with names, and keeps it. Says whether it has.</summary>
    public bool Follow(SandboxRequest request, NetworkStatus status)
    {
        foreach (var endpoint in status.Endpoints.Where(endpoint => endpoint.HasNames)) Announce(request, endpoint);
        if (status.SandboxPath is not { } path) return false;
        var isNeeded = status.HasNameServer || status.Endpoints.Any(endpoint => endpoint.HasNames);
        if (isNeeded) server.Attach(status.SandboxId, path, SettingsFor(request, status));
        return isNeeded;
    }

    /// <summary>A sandbox made ahead: it answers as soon as it is known whose it is.</summary>
    public void Prepare(Sandbox sandbox) => server.Attach(sandbox.Id, sandbox.Path, new ResolverSettings { Networks = [], Forwards = false });

    public void Forget(EndpointStatus endpoint) => names.Remove(endpoint.NetworkId, endpoint.EndpointId);

    public void Forget(Network network) => names.RemoveNetwork(network.Id);

    public void Close(string sandboxId) => server.Detach(sandboxId);

    private static ResolverSettings SettingsFor(SandboxRequest request, NetworkStatus status)
    {
        var way = GatewayChoice.Of(status.Endpoints);
        var resolver = ResolverFile.OfHost();
        return new ResolverSettings
        {
            Networks = [.. status.Endpoints.Where(endpoint => endpoint.HasNames).Select(endpoint => (endpoint.NetworkId, endpoint.Network))],
            Upstreams = resolver.Upstreams(request.Network),
            Links = Links(request.Network),
            Forwards = way.IPv4 is not null || way.IPv6 is not null,
            KeepsSingleLabels = resolver.SearchesFirst(request.Network),
        };
    }

    private static Dictionary<string, string> Links(NetworkSpec spec)
    {
        var links = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var link in spec.Networks.SelectMany(endpoint => endpoint.Links ?? []))
        {
            var parts = link.Split(':');
            links[parts[^1].TrimStart('/')] = parts[0].TrimStart('/');
        }

        return links;
    }

    private static IPAddress? Address(string text) => text.Length > 0 ? IPAddress.Parse(text) : null;

    private void Announce(SandboxRequest request, EndpointStatus endpoint)
    {
        var asked = request.Network.Networks.FirstOrDefault(asked => asked.Network == endpoint.Network) ?? new EndpointSpec { Network = endpoint.Network };
        names.Set(endpoint.NetworkId, endpoint.EndpointId, new EndpointNames(ContainerNames.On(asked, request), Address(endpoint.Address), Address(endpoint.Address6)));
    }
}
