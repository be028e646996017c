using System.Globalization;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposePortCommand : ComposeCommand
{
    private readonly ValueFlag<long> _index;
    private readonly ValueFlag<string> _protocol;

    public ComposePortCommand()
    {
        _index = Flags.Integer("index", '\0', "Index of the container if service has multiple replicas");
        _protocol = Flags.Text("protocol", '\0', "tcp or udp", "tcp");
    }

    public override string Usage => "port [OPTIONS] SERVICE PRIVATE_PORT";

    public override string Summary => "Print the public port for a port binding";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(2);

    public override IReadOnlyList<string> Examples => ["boreal compose port web 80", "boreal compose port --protocol udp dns 53"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (!ushort.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
            throw new CommandFailedException($"invalid port \"{arguments[1]}\": write a number from 1 to 65535");
        var container = await ProjectContainers.OneAsync(context, await NameAsync(context), arguments[0], (int)_index.Value, cancellationToken);
        var protocol = _protocol.Value.ToLowerInvariant();
        var found = container.Ports.FirstOrDefault(port => port.PrivatePort == wanted && port.Type == protocol && port.PublicPort > 0)
            ?? throw new CommandFailedException(
                $"no port {wanted}/{protocol} for container {ProjectContainers.Name(container)}: {string.Join(", ", container.Ports.Where(port => port.PublicPort > 0).Select(port => $"{port.PublicPort}/{port.Type}"))}");
        var address = found.IP ?? "";
        await context.Out.WriteLineAsync(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{found.PublicPort}" : $"{address}:{found.PublicPort}");
        return ExitCodes.Success;
    }
}
