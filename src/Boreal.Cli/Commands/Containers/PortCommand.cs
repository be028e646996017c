using System.Globalization;
using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class PortCommand : Command
{
    public override string Usage => "port CONTAINER [PRIVATE_PORT[/PROTO]]";

    public override string Summary => "List port mappings or a specific mapping for the container";

    public override ArgumentCount Arguments => new(1, 2);

    public override IReadOnlyList<string> Aliases => ["container port", "port"];

    public override IReadOnlyList<string> Examples => ["boreal port web", "boreal port web 80/tcp"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var container = await context.Client.Containers.InspectAsync(arguments[0], cancellationToken);
        var ports = container.NetworkSettings.Ports ?? new Dictionary<string, IReadOnlyList<PortBinding>?>();
        var lines = arguments.Count > 1 ? One(ports, arguments[1], arguments[0]) : [.. All(ports)];
        lines.Sort(NaturalOrder.Compare);
        foreach (var line in lines) await context.Out.WriteLineAsync(line);
        return ExitCodes.Success;
    }

    private static IEnumerable<string> All(IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> ports) =>
        from port in ports
        from binding in port.Value ?? []
        select $"{port.Key} -> {Join(binding)}";

    private static List<string> One(IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> ports, string wanted, string container)
    {
        var slash = wanted.IndexOf('/');
        var (port, protocol) = slash < 0 ? (wanted, "tcp") : (wanted[..slash], wanted[(slash + 1)..]);
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new CommandFailedException($"Error: invalid port ({port}): strconv.ParseUint: parsing \"{port}\": invalid syntax");
        return ports.TryGetValue($"{port}/{(protocol.Length > 0 ? protocol : "tcp")}", out var bindings) && bindings is { Count: > 0 }
            ? [.. bindings.Select(Join)]
            : throw new CommandFailedException($"Error: No public port '{wanted}' published for {container}");
    }

    private static string Join(PortBinding binding) =>
        binding.HostIp.Contains(':', StringComparison.Ordinal) ? $"[{binding.HostIp}]:{binding.HostPort}" : $"{binding.HostIp}:{binding.HostPort}";
}
