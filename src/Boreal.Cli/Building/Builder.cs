using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Grpc.Core;

namespace Boreal.Cli.Building;

/// <summary>The daemon's builder apart from builds: what it keeps.</summary>
internal sealed class Builder(CliContext context)
{
    public Task<DiskUsageResponse> ListAsync(string filter, CancellationToken cancellationToken)
    {
        var request = new DiskUsageRequest();
        if (filter.Length > 0) request.Filter.Add(filter);
        return CallAsync(calls => calls.CallAsync("/moby.buildkit.v1.Control/DiskUsage", request, DiskUsageResponse.Parser, cancellationToken), cancellationToken);
    }

    /// <summary>Removes what the request names; hands out each record that went.</summary>
    public Task<long> PruneAsync(PruneRequest request, Action<UsageRecord> removed, CancellationToken cancellationToken) => CallAsync(
        async calls =>
        {
            var total = 0L;
            await using var call = await calls.OpenAsync("/moby.buildkit.v1.Control/Prune", [], cancellationToken);
            await call.WriteAsync(request, cancellationToken);
            await call.FinishSendingAsync(cancellationToken);
            while (await call.ReadAsync(cancellationToken))
            {
                var record = UsageRecord.Parser.ParseFrom(call.Payload);
                total += record.Size;
                removed(record);
            }

            return total;
        },
        cancellationToken);

    private async Task<T> CallAsync<T>(Func<RpcClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await context.Client.Builds.OpenCallsAsync(cancellationToken);
            await using var connection = await Http2Connection.OpenAsync(stream, cancellationToken);
            return await call(new RpcClient(connection));
        }
        catch (RpcException failure)
        {
            throw new CommandFailedException(failure.Status.Detail);
        }
    }
}
