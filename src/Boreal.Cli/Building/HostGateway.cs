using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Building;

/// <summary>Puts the daemon's own address where a host is mapped to <c>host-gateway</c>: only the daemon knows it.</summary>
internal static class HostGateway
{
    private const string Attribute = "add-hosts";
    private const string Word = "=host-gateway";
    private const string Label = "org.mobyproject.buildkit.worker.moby.host-gateway-ip";

    public static async Task ResolveAsync(BuildOrder order, RpcClient calls, CancellationToken cancellationToken)
    {
        if (!order.Attributes.TryGetValue(Attribute, out var hosts) || !hosts.Contains(Word, StringComparison.Ordinal)) return;
        var workers = await calls.CallAsync("/moby.buildkit.v1.Control/ListWorkers", new ListWorkersRequest(), ListWorkersResponse.Parser, cancellationToken);
        var address = workers.Record.Select(worker => worker.Labels.GetValueOrDefault(Label, "")).FirstOrDefault(text => text.Length > 0)
            ?? throw new CommandFailedException("unable to derive the IP value for host-gateway: the daemon has none");
        order.Attributes[Attribute] = hosts.Replace(Word, $"={address}", StringComparison.Ordinal);
    }
}
