using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.Building.Progress;
using Boreal.Cli.Building.Sessions;
using Boreal.Cli.Session;
using Grpc.Core;

namespace Boreal.Cli.Building;

/// <summary>
/// One build: (1) a session on which the daemon asks for files and secrets, (2) a connection on which the build is ordered, and beside
/// it (3) what the daemon tells of its progress.
/// </summary>
internal sealed class BuildRun(CliContext context, BuildOrder order, IBuildDisplay display)
{
    private const string Frontend = "dockerfile.v0";

    // Progress ends by itself soon after the build.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(5);

    /// <summary>The build's name at the daemon.</summary>
    public string Reference { get; } = Guid.NewGuid().ToString("n");

    /// <summary>What the daemon says of the result.</summary>
    /// <exception cref="RpcException">The build failed.</exception>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(CancellationToken cancellationToken)
    {
        var targets = new OutputTargets(context, order.Exports);
        targets.Check();
        await using var session = await SessionHost.OpenAsync(context, order, targets, cancellationToken);       // (1)
        await using var stream = await context.Client.Builds.OpenCallsAsync(cancellationToken);
        await using var connection = await Http2Connection.OpenAsync(stream, cancellationToken);
        var calls = new RpcClient(connection);
        await HostGateway.ResolveAsync(order, calls, cancellationToken);
        var solving = SolveAsync(calls, session.Id, cancellationToken);                                           // (2)
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(calls, over.Token);                                                             // (3)
        try
        {
            return await solving;
        }
        finally
        {
            over.CancelAfter(Afterwards);
            await watching;
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> SolveAsync(RpcClient calls, string session, CancellationToken cancellationToken)
    {
        var request = new SolveRequest { Ref = Reference, Session = session, Frontend = Frontend, Cache = new CacheOptions() };
        request.FrontendAttrs.Add(order.Attributes);
        request.Entitlements.Add(order.Entitlements);
        request.Exporters.Add(order.Exports.Select(ToExporter));
        if (request.Exporters is [var first, ..])
        {
            request.ExporterDeprecated = first.Type;
            request.ExporterAttrsDeprecated.Add(first.Attrs);
        }

        request.Cache.Imports.Add(order.CacheImports.Select(ToEntry));
        request.Cache.Exports.Add(order.CacheExports.Select(ToEntry));
        var response = await calls.CallAsync("/moby.buildkit.v1.Control/Solve", request, SolveResponse.Parser, cancellationToken);
        return response.ExporterResponse;
    }

    private async Task WatchAsync(RpcClient calls, CancellationToken cancellationToken)
    {
        try
        {
            await using var call = await calls.OpenAsync("/moby.buildkit.v1.Control/Status", [], cancellationToken);
            await call.WriteAsync(new StatusRequest { Ref = Reference }, cancellationToken);
            await call.FinishSendingAsync(cancellationToken);
            while (await call.ReadAsync(cancellationToken)) display.Take(StatusResponse.Parser.ParseFrom(call.Payload));
        }
        catch (Exception e) when (e is RpcException or IOException or OperationCanceledException)
        {
            // The build itself says why it failed; without progress it goes on.
        }
    }

    private static Exporter ToExporter(ExportOrder export)
    {
        var exporter = new Exporter { Type = export.Type };
        exporter.Attrs.Add(export.Attributes.ToDictionary());
        return exporter;
    }

    private static CacheOptionsEntry ToEntry(CacheOrder cache)
    {
        var entry = new CacheOptionsEntry { Type = cache.Type };
        entry.Attrs.Add(cache.Attributes.ToDictionary());
        return entry;
    }
}
