using Boreal.Api.Networks;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Networks;

internal sealed class NetworkCreateCommand : Command
{
    private readonly ValueFlag<bool> _attachable;
    private readonly ListFlag _auxiliary;
    private readonly ValueFlag<string> _configFrom;
    private readonly ValueFlag<bool> _configOnly;
    private readonly ValueFlag<string> _driver;
    private readonly ListFlag _gateways;
    private readonly ValueFlag<bool> _ingress;
    private readonly ValueFlag<bool> _internal;
    private readonly ListFlag _ranges;
    private readonly ValueFlag<string> _ipamDriver;
    private readonly ListFlag _ipamOptions;
    private readonly ValueFlag<bool> _ipv4;
    private readonly ValueFlag<bool> _ipv6;
    private readonly ListFlag _labels;
    private readonly ListFlag _options;
    private readonly ValueFlag<string> _scope;
    private readonly ListFlag _subnets;

    public NetworkCreateCommand()
    {
        _attachable = Flags.Switch("attachable", '\0', "Enable manual container attachment");
        _auxiliary = Map("aux-address", '\0', "Auxiliary IPv4 or IPv6 addresses used by Network driver");
        _configFrom = Flags.Text("config-from", '\0', "The network from which to copy the configuration");
        _configOnly = Flags.Switch("config-only", '\0', "Create a configuration only network");
        _driver = Flags.Text("driver", 'd', "Driver to manage the Network", "bridge");
        _gateways = Strings("gateway", "IPv4 or IPv6 Gateway for the master subnet");
        _ingress = Flags.Switch("ingress", '\0', "Create swarm routing-mesh network");
        _internal = Flags.Switch("internal", '\0', "Restrict external access to the network");
        _ranges = Strings("ip-range", "Allocate container ip from a sub-range");
        _ipamDriver = Flags.Text("ipam-driver", '\0', "IP Address Management Driver", "default");
        _ipamOptions = Map("ipam-opt", '\0', "Set IPAM driver specific options");
        _ipv4 = Flags.Switch("ipv4", '\0', "Enable or disable IPv4 address assignment", true);
        _ipv6 = Flags.Switch("ipv6", '\0', "Enable or disable IPv6 address assignment");
        _labels = Flags.List("label", '\0', "Set metadata on a network", KeyValueFiles.CheckLabel);
        _options = Map("opt", 'o', "Set driver specific options");
        _scope = Flags.Text("scope", '\0', "Control the network's scope");
        _subnets = Strings("subnet", "Subnet in CIDR format that represents a network segment");
    }

    public override string Usage => "create [OPTIONS] NETWORK";

    public override string Summary => "Create a network";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Examples =>
        ["boreal network create app", "boreal network create --subnet 10.9.0.0/24 --gateway 10.9.0.254 app", "boreal network create --ipv6 --subnet fd00:9::/64 app", "boreal network create -d macvlan -o parent=eth0 --subnet 192.168.1.0/24 lan"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var created = await context.Client.Networks.CreateAsync(Request(arguments[0]), cancellationToken);
        if (created.Warning.Length > 0) await context.Error.WriteLineAsync($"WARNING: {created.Warning}");
        await context.Out.WriteLineAsync(created.Id);
        return ExitCodes.Success;
    }

    private NetworkCreateRequest Request(string name) => new()
    {
        Name = name,
        Driver = _driver.Value,
        Scope = _scope.Value,
        EnableIPv4 = _ipv4.IsGiven ? _ipv4.Value : null,
        EnableIPv6 = _ipv6.IsGiven ? _ipv6.Value : null,
        Internal = _internal.Value,
        Attachable = _attachable.Value,
        Ingress = _ingress.Value,
        ConfigOnly = _configOnly.Value,
        ConfigFrom = _configFrom.Value.Length > 0 ? new NetworkReference { Network = _configFrom.Value } : null,
        Options = KeyValueFiles.Map(_options.Values),
        Labels = KeyValueFiles.Map(_labels.Values),
        IPAM = new NetworkIpam
        {
            Driver = _ipamDriver.Value,
            Options = KeyValueFiles.Map(_ipamOptions.Values),
            Config = NetworkPools.Join(Each(_subnets), Each(_ranges), Each(_gateways), KeyValueFiles.Map(_auxiliary.Values)),
        },
    };

    private ListFlag Strings(string name, string usage) => Flags.Add(new ListFlag(name, '\0', usage) { ValueName = "strings" });

    private ListFlag Map(string name, char shorthand, string usage) => Flags.Add(new ListFlag(name, shorthand, usage) { ValueName = "map" });

    private static IReadOnlyList<string> Each(ListFlag flag) => [.. flag.Values.SelectMany(text => text.Length is 0 ? [] : CsvFields.Split(text)).Where(text => text.Length > 0)];
}
