using Boreal.Daemon.Http;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Network mode, ports, names and links of a request.</summary>
internal static class NetworkMapping
{
    private const string Container = "container:";
    private static readonly ApiVersion EndpointsCarryMac = new(1, 44);
    private static readonly ApiVersion SeveralEndpoints = new(1, 44);

    /// <summary>Options that exclude each other, in the order Docker finds them.</summary>
    public static void Check(Wire.ContainerCreateRequest request, Wire.HostConfig host)
    {
        var isContainer = host.NetworkMode.StartsWith(Container, StringComparison.Ordinal);
        if (isContainer && host.NetworkMode.Length == Container.Length)
            throw Invalid("Invalid network mode: invalid container format container:<name|id>");
        if (isContainer && request.Hostname is not "")
            throw Invalid("conflicting options: hostname and the network mode");
        if (host.Links is { Count: > 0 } && (isContainer || host.NetworkMode is "host"))
            throw Invalid($"conflicting options: {(isContainer ? "container" : "host")} type network{(isContainer ? "" : "ing")} can't be used with links. This would result in undefined behavior");
        if (!isContainer)
            return;
        if (host.Dns is { Count: > 0 })
            throw Invalid("conflicting options: dns and the network mode");
        if (host.ExtraHosts is { Count: > 0 })
            throw Invalid("conflicting options: custom host-to-IP mapping and the network mode");
        if (host.PublishAllPorts || host.PortBindings is { Count: > 0 })
            throw Invalid("conflicting options: port publishing and the container type network mode");
        if (request.ExposedPorts is { Count: > 0 })
            throw Invalid("conflicting options: port exposing and the container type network mode");
    }

    public static NetworkSpec ToSpec(Wire.ContainerCreateRequest request, Wire.HostConfig host, CreateContext context)
    {
        var mode = request.NetworkDisabled ? "none" : Mode(host.NetworkMode, context);
        var endpoints = Endpoints(request, mode, context);
        return new NetworkSpec
        {
            Mode = mode,
            Exposed = [.. (request.ExposedPorts ?? new Dictionary<string, Api.Json.EmptyObject?>()).Keys.SelectMany(PortNotation.ParseExposed).Distinct()],
            Published = PortNotation.ParseBindings(host.PortBindings),
            PublishAll = host.PublishAllPorts,
            DnsServers = host.Dns,
            DnsOptions = host.DnsOptions,
            DnsSearch = host.DnsSearch,
            ExtraHosts = host.ExtraHosts,
            MacAddress = endpoints?.FirstOrDefault(endpoint => endpoint.Network == NameOf(mode, context))?.MacAddress is { Length: > 0 } mac ? mac : null,
            Endpoints = endpoints,
            Links = host.Links is null ? null : [.. host.Links.Select(link => ResolveLink(link, context))],
        };
    }

    private static string Mode(string mode, CreateContext context)
    {
        if (mode is "" or "default")
            return "bridge";
        // As Docker: a container that does not exist is found out at start.
        return mode.StartsWith(Container, StringComparison.Ordinal) && context.FindContainer(mode[Container.Length..]) is { } other ? Container + other.Id : mode;
    }

    /// <summary>Those of the request; none, and the mode's network is the only one, where it names none.</summary>
    private static IReadOnlyList<EndpointSpec>? Endpoints(Wire.ContainerCreateRequest request, string mode, CreateContext context)
    {
        var asked = request.NetworkingConfig?.EndpointsConfig ?? new Dictionary<string, Wire.EndpointSettings?>();
        var isJoined = mode.StartsWith(Container, StringComparison.Ordinal);
        if (!isJoined && asked.Count > 1 && context.Version < SeveralEndpoints)
            throw Invalid($"Container cannot be created with multiple network endpoints: {string.Join(", ", asked.Keys.Order(StringComparer.Ordinal))}");
        if (!string.IsNullOrEmpty(request.MacAddress) && context.Version >= EndpointsCarryMac)
            context.Warnings.Add("The container-wide MacAddress field is now deprecated. It should be specified in EndpointsConfig instead.");
        var endpoints = isJoined ? [] : asked.Select(pair => Endpoint(pair.Key, pair.Value, context)).ToList();
        if (!isJoined && endpoints.Count == 0 && !string.IsNullOrEmpty(request.MacAddress))
            endpoints.Add(new EndpointSpec { Network = NameOf(mode, context) });
        return endpoints.Count == 0 ? OfMode(mode, isJoined, context) : [.. endpoints.Select(endpoint => WithMac(endpoint, request.MacAddress, mode, context))];
    }

    /// <summary>A mode that is a network's id: the container is on the network of that name.</summary>
    private static IReadOnlyList<EndpointSpec>? OfMode(string mode, bool isJoined, CreateContext context) =>
        isJoined || NameOf(mode, context) == mode ? null : [new EndpointSpec { Network = NameOf(mode, context) }];

    private static EndpointSpec Endpoint(string key, Wire.EndpointSettings? settings, CreateContext context)
    {
        if (settings is null)
            throw Invalid($"invalid config for network {key}: EndpointsConfig is nil");
        var name = key is "default" ? PredefinedNetworks.Bridge : NameOf(key, context);
        var network = context.FindNetwork(name);
        var endpoint = EndpointMapping.ToSpec(name, settings);
        Checked(endpoint, network);
        return endpoint;
    }

    private static EndpointSpec WithMac(EndpointSpec endpoint, string? mac, string mode, CreateContext context)
    {
        if (string.IsNullOrEmpty(mac) || endpoint.Network != NameOf(mode, context))
            return endpoint;
        if (endpoint.MacAddress.Length > 0 && endpoint.MacAddress != mac)
            throw Invalid("the container-wide MAC address must match the endpoint-specific MAC address for the main network, or be left empty");
        endpoint = endpoint with { MacAddress = mac };
        Checked(endpoint, context.FindNetwork(endpoint.Network));
        return endpoint;
    }

    private static void Checked(EndpointSpec endpoint, Network? network)
    {
        try
        {
            EndpointMapping.Check(endpoint, network, network?.Definition.IsPredefined ?? false);
        }
        catch (EngineException exception)
        {
            throw new EngineException(exception.Kind, $"invalid config for network {endpoint.Network}: {exception.Message}", exception);
        }
    }

    private static string NameOf(string mode, CreateContext context) => context.FindNetwork(mode)?.Name ?? mode;

    /// <summary><c>other:alias</c> becomes Docker's <c>/other:/me/alias</c>.</summary>
    private static string ResolveLink(string link, CreateContext context)
    {
        var parts = link.Split(':');
        if (parts.Length > 2 || parts[0] is "")
            throw Invalid($"bad format for links: {link}");
        var other = context.RequireContainer(parts[0], $"could not get container for {parts[0]}: ");
        return $"/{other.Spec.Name}:/{context.Name}/{(parts.Length == 2 ? parts[1] : other.Spec.Name)}";
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
