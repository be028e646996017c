using System.Net.NetworkInformation;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Network mode, ports, names and links of a request.</summary>
internal static class NetworkMapping
{
    private const string Container = "container:";
    private static readonly ApiVersion EndpointsCarryMac = new(1, 44);

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
            MacAddress = MacAddress(request, host, mode, context),
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

    private static string? MacAddress(Wire.ContainerCreateRequest request, Wire.HostConfig host, string mode, CreateContext context)
    {
        if (!string.IsNullOrEmpty(request.MacAddress) && context.Version >= EndpointsCarryMac)
            context.Warnings.Add("The container-wide MacAddress field is now deprecated. It should be specified in EndpointsConfig instead.");
        string? address = null;
        foreach (var (name, endpoint) in request.NetworkingConfig?.EndpointsConfig ?? new Dictionary<string, Wire.EndpointSettings?>())
        {
            if (host.NetworkMode.StartsWith(Container, StringComparison.Ordinal))
                continue;
            if (name != mode && !(name is "default" && mode is "bridge"))
                throw new EngineException(ErrorKind.NotImplemented, $"this version connects a container to one network only: remove network {name} from the request");
            address = CheckEndpoint(mode, endpoint ?? throw Invalid($"invalid config for network {name}: EndpointsConfig is nil"));
        }
        address ??= string.IsNullOrEmpty(request.MacAddress) ? null : request.MacAddress;
        if (address is not null && !IsMacAddress(address))
            throw Invalid($"invalid config for network {mode}: invalid MAC address {address}");
        return address;
    }

    /// <summary>The MAC address asked for, if one is.</summary>
    private static string? CheckEndpoint(string mode, Wire.EndpointSettings endpoint)
    {
        const string Prefix = "invalid endpoint settings:\n";
        if (mode is "bridge" or "host" or "none")
        {
            if (endpoint.Aliases is { Count: > 0 })
                throw Invalid($"invalid config for network {mode}: {Prefix}network-scoped alias is supported only for containers in user defined networks");
            if (!string.IsNullOrEmpty(endpoint.IPAMConfig?.IPv4Address) || !string.IsNullOrEmpty(endpoint.IPAMConfig?.IPv6Address))
                throw Invalid($"invalid config for network {mode}: {Prefix}user specified IP address is supported on user defined networks only");
        }
        return endpoint.MacAddress is "" ? null : endpoint.MacAddress;
    }

    private static bool IsMacAddress(string text) =>
        text.Length == 17 && PhysicalAddress.TryParse(text, out var address) && address.GetAddressBytes().Length == 6;

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
