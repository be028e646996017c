using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Networks;

internal sealed class NetworkConnectCommand : Command
{
    private readonly ListFlag _aliases;
    private readonly ListFlag _driverOptions;
    private readonly ValueFlag<long> _gatewayPriority;
    private readonly ValueFlag<string> _address;
    private readonly ValueFlag<string> _address6;
    private readonly ListFlag _links;
    private readonly ListFlag _linkLocal;

    public NetworkConnectCommand()
    {
        _aliases = Flags.Add(new ListFlag("alias", '\0', "Add network-scoped alias for the container") { ValueName = "strings" });
        _driverOptions = Flags.Add(new ListFlag("driver-opt", '\0', "driver options for the network") { ValueName = "strings" });
        _gatewayPriority = Flags.Integer("gw-priority", '\0', "Highest gw-priority provides the default gateway. Accepts positive and negative values.");
        _address = Flags.Text("ip", '\0', "IPv4 address (e.g., \"172.30.100.104\")");
        _address6 = Flags.Text("ip6", '\0', "IPv6 address (e.g., \"2001:db8::33\")");
        _links = Flags.List("link", '\0', "Add link to another container");
        _linkLocal = Flags.Add(new ListFlag("link-local-ip", '\0', "Add a link-local address for the container") { ValueName = "strings" });
    }

    public override string Usage => "connect [OPTIONS] NETWORK CONTAINER";

    public override string Summary => "Connect a container to a network";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(2);

    public override IReadOnlyList<string> Examples => ["boreal network connect app web", "boreal network connect --alias db --ip 10.9.0.7 app postgres"];

    public override string ArgumentNoun => "network";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await context.Client.Networks.ConnectAsync(arguments[0], arguments[1], Endpoint(), cancellationToken);
        return ExitCodes.Success;
    }

    private EndpointSettings Endpoint() => new()
    {
        Aliases = Each(_aliases) ?? [],
        Links = _links.Values,
        DriverOpts = _driverOptions.Values.Count > 0 ? KeyValueFiles.Map(Each(_driverOptions)?.Select(CheckOption) ?? []) : null,
        GwPriority = (int)_gatewayPriority.Value,
        IPAMConfig = new EndpointIpamConfig
        {
            IPv4Address = _address.Value.Length > 0 ? _address.Value : null,
            IPv6Address = _address6.Value.Length > 0 ? _address6.Value : null,
            LinkLocalIPs = Each(_linkLocal),
        },
    };

    private static string CheckOption(string text) =>
        text.IndexOf('=') > 0 ? text : throw new FormatException("invalid key/value pair format in driver options");

    private static IReadOnlyList<string>? Each(ListFlag flag) => flag.Values.Count > 0 ? [.. flag.Values.SelectMany(text => text.Length is 0 ? [] : CsvFields.Split(text))] : null;
}
