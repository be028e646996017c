using Boreal.Api.Containers;
using Boreal.Api.Json;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;

namespace Boreal.Cli.Commands.Options;

/// <summary>How a container is reached and what it reaches.</summary>
internal sealed class NetworkOptions
{
    private readonly ListFlag _hosts;
    private readonly ListFlag _dns;
    private readonly ListFlag _dnsOptions;
    private readonly ListFlag _dnsOptionsShort;
    private readonly ListFlag _dnsSearch;
    private readonly ListFlag _expose;
    private readonly ListFlag _publish;
    private readonly ListFlag _networks;
    private readonly ListFlag _networksShort;
    private readonly ListFlag _aliases;
    private readonly ListFlag _aliasesShort;
    private readonly ListFlag _links;
    private readonly ListFlag _linkLocal;
    private readonly ValueFlag<string> _address;
    private readonly ValueFlag<string> _address6;
    private readonly ValueFlag<string> _mac;
    private readonly ValueFlag<bool> _publishAll;

    public NetworkOptions(FlagSet flags)
    {
        _hosts = flags.List("add-host", '\0', "Add a custom host-to-IP mapping (host:ip)", Hosts.CheckMapping);
        _dns = flags.List("dns", '\0', "Set custom DNS servers", Hosts.CheckAddress);
        _dnsOptions = flags.List("dns-option", '\0', "Set DNS options");
        _dnsOptionsShort = flags.Add(new ListFlag("dns-opt", '\0', "Set DNS options") { ValueName = "list", IsHidden = true });
        _dnsSearch = flags.List("dns-search", '\0', "Set custom DNS search domains");
        _expose = flags.List("expose", '\0', "Expose a port or a range of ports");
        _publish = flags.List("publish", 'p', "Publish a container's port(s) to the host");
        _publishAll = flags.Switch("publish-all", 'P', "Publish all exposed ports to random ports");
        _networks = flags.Add(new ListFlag("network", '\0', "Connect a container to a network") { ValueName = "network" });
        _networksShort = flags.Add(new ListFlag("net", '\0', "Connect a container to a network") { ValueName = "network", IsHidden = true });
        _aliases = flags.List("network-alias", '\0', "Add network-scoped alias for the container");
        _aliasesShort = flags.Add(new ListFlag("net-alias", '\0', "Add network-scoped alias for the container") { ValueName = "list", IsHidden = true });
        _links = flags.List("link", '\0', "Add link to another container");
        _linkLocal = flags.List("link-local-ip", '\0', "Container IPv4/IPv6 link-local addresses");
        _address = flags.Text("ip", '\0', "IPv4 address (e.g., 172.30.100.104)");
        _address6 = flags.Text("ip6", '\0', "IPv6 address (e.g., 2001:db8::33)");
        _mac = flags.Text("mac-address", '\0', "Container MAC address (e.g., 92:d0:c6:0a:29:33)");
    }

    private IReadOnlyList<string> Networks => [.. _networks.Values, .. _networksShort.Values];

    private IReadOnlyList<string> Aliases => [.. _aliases.Values, .. _aliasesShort.Values];

    public (IReadOnlyDictionary<string, EmptyObject?>? Exposed, IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> Bindings) Ports()
    {
        var specs = new PortSpecs();
        foreach (var spec in _publish.Values) specs.Publish(spec);
        foreach (var spec in _expose.Values) specs.Expose(spec);
        return (specs.Exposed.Count > 0 ? specs.Exposed.ToDictionary(port => port, EmptyObject? (_) => EmptyObject.Instance, StringComparer.Ordinal) : null, specs.Bindings);
    }

    public HostConfig AddTo(HostConfig host) => host with
    {
        PortBindings = Ports().Bindings,
        PublishAllPorts = _publishAll.Value,
        NetworkMode = Networks is [var first, ..] ? Target(first) : "default",
        Links = _links.Values.Count > 0 ? _links.Values : null,
        Dns = _dns.Values,
        DnsOptions = [.. _dnsOptions.Values, .. _dnsOptionsShort.Values],
        DnsSearch = _dnsSearch.Values,
        ExtraHosts = _hosts.Values.Count > 0 ? _hosts.Values : null,
    };

    public string? MacAddress() => _mac.IsGiven ? Hosts.CheckMac(_mac.Value) : null;

    /// <summary>The endpoints; none where the network's name says all.</summary>
    public NetworkingConfig Endpoints()
    {
        var endpoints = new Dictionary<string, EndpointSettings?>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Max(1, Networks.Count); i++)
        {
            var target = Networks.Count > 0 ? Target(Networks[i]) : "default";
            if (endpoints.ContainsKey(target)) throw new FormatException($"network \"{target}\" is specified multiple times");
            var settings = i is 0 ? First(target) : new EndpointSettings();
            if (Networks.Count is 1 && settings == new EndpointSettings()) continue;
            endpoints[target] = settings;
        }

        return new NetworkingConfig { EndpointsConfig = endpoints };
    }

    /// <summary>The options without a network of their own belong to the first.</summary>
    private EndpointSettings First(string target)
    {
        var userDefined = target is not ("default" or "bridge" or "host" or "none") && !target.StartsWith("container:", StringComparison.Ordinal);
        if (Aliases.Count > 0 && !userDefined) throw new FormatException("network-scoped aliases are only supported for user-defined networks");
        var addressed = _address.IsGiven || _address6.IsGiven || _linkLocal.Values.Count > 0;
        return new EndpointSettings
        {
            Aliases = Aliases.Count > 0 ? Aliases : null,
            Links = userDefined && _links.Values.Count > 0 ? _links.Values : null,
            MacAddress = MacAddress() ?? "",
            IPAMConfig = !addressed ? null : new EndpointIpamConfig
            {
                IPv4Address = _address.IsGiven ? Hosts.CheckAddress(_address.Value) : null,
                IPv6Address = _address6.IsGiven ? Hosts.CheckAddress(_address6.Value) : null,
                LinkLocalIPs = _linkLocal.Values.Count > 0 ? _linkLocal.Values : null,
            },
        };
    }

    /// <summary>The name out of <c>name=…,alias=…</c>, or the whole text.</summary>
    private static string Target(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal)) return text;
        return KeyValueFiles.Map(CsvFields.Split(text)).TryGetValue("name", out var name) ? name : throw new FormatException("network name is required");
    }
}
