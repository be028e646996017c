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
        _networks = flags.Add(new ListFlag("network", '\0', "Connect a container to a network", CheckNetwork) { ValueName = "network" });
        _networksShort = flags.Add(new ListFlag("net", '\0', "Connect a container to a network", CheckNetwork) { ValueName = "network", IsHidden = true });
        _aliases = flags.List("network-alias", '\0', "Add network-scoped alias for the container");
        _aliasesShort = flags.Add(new ListFlag("net-alias", '\0', "Add network-scoped alias for the container") { ValueName = "list", IsHidden = true });
        _links = flags.List("link", '\0', "Add link to another container");
        _linkLocal = flags.List("link-local-ip", '\0', "Container IPv4/IPv6 link-local addresses");
        _address = flags.Text("ip", '\0', "IPv4 address (e.g., 172.30.100.104)");
        _address6 = flags.Text("ip6", '\0', "IPv6 address (e.g., 2001:db8::33)");
        _mac = flags.Text("mac-address", '\0', "Container MAC address (e.g., 92:d0:c6:0a:29:33)");
    }

    /// <summary>The networks asked for; the default one when none is.</summary>
    private IReadOnlyList<NetworkAttachment> Networks =>
        [.. _networks.Values.Concat(_networksShort.Values).DefaultIfEmpty("default").Select(NetworkAttachment.Parse)];

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
        NetworkMode = Networks[0].Target,
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
        var networks = Networks;
        var endpoints = new Dictionary<string, EndpointSettings?>(StringComparer.Ordinal);
        for (var i = 0; i < networks.Count; i++)
        {
            var (target, settings) = networks[i];
            if (endpoints.ContainsKey(target)) throw new FormatException($"network \"{target}\" is specified multiple times");
            if (networks.Count > 1 && !networks[i].IsUserDefined)
                throw new FormatException("conflicting options: cannot attach both user-defined and non-user-defined network-modes");
            if (i is 0) settings = WithCommonOptions(networks[i]);
            if (networks.Count is 1 && settings == new EndpointSettings()) continue;
            endpoints[target] = settings;
        }

        return new NetworkingConfig { EndpointsConfig = endpoints };
    }

    /// <summary>The options that name no network belong to the first.</summary>
    private EndpointSettings WithCommonOptions(NetworkAttachment first)
    {
        var (_, own) = first;
        Exclude(Aliases.Count > 0 && own.Aliases is not null, "--network-alias", "alias");
        Exclude(_address.IsGiven && own.IPAMConfig?.IPv4Address is not null, "--ip", "IPv4 address");
        Exclude(_address6.IsGiven && own.IPAMConfig?.IPv6Address is not null, "--ip6", "IPv6 address");
        Exclude(_linkLocal.Values.Count > 0 && own.IPAMConfig?.LinkLocalIPs is not null, "--link-local-ip", "link-local IP addresses");
        Exclude(_mac.IsGiven && own.MacAddress.Length > 0, "--mac-address", "MAC address");
        if (Aliases.Count > 0 && !first.IsUserDefined) throw new FormatException("network-scoped aliases are only supported for user-defined networks");
        var addressed = own.IPAMConfig is not null || _address.IsGiven || _address6.IsGiven || _linkLocal.Values.Count > 0;
        return own with
        {
            Aliases = Aliases.Count > 0 ? Aliases : own.Aliases,
            Links = first.IsUserDefined && _links.Values.Count > 0 ? _links.Values : null,
            MacAddress = MacAddress() ?? own.MacAddress,
            IPAMConfig = !addressed ? null : new EndpointIpamConfig
            {
                IPv4Address = _address.IsGiven ? Hosts.CheckAddress(_address.Value) : own.IPAMConfig?.IPv4Address,
                IPv6Address = _address6.IsGiven ? Hosts.CheckAddress(_address6.Value) : own.IPAMConfig?.IPv6Address,
                LinkLocalIPs = _linkLocal.Values.Count > 0 ? _linkLocal.Values : own.IPAMConfig?.LinkLocalIPs,
            },
        };
    }

    private static void Exclude(bool both, string option, string setting)
    {
        if (both) throw new FormatException($"conflicting options: cannot specify both {option} and per-network {setting}");
    }

    private static string CheckNetwork(string text)
    {
        NetworkAttachment.Parse(text);
        return text;
    }
}
