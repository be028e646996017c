using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.Build.Progress;
using Boreal.Build.Session;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Engine.Errors;
using Grpc.Core;

namespace Boreal.Build.Gateway;

/// <summary>Builds as clients order them.</summary>
internal sealed class ControlService(IBuilder builder, BuildTable builds, BuildHistory history, SessionRegistry sessions, ContextStore contexts, TimeProvider clock)
    : Control.ControlBase
{
    private const string FolderSessionPrefix = "local-sessionid:";

    public override Task<ListWorkersResponse> ListWorkers(ListWorkersRequest request, ServerCallContext context) =>
        Task.FromResult(new ListWorkersResponse { Record = { WorkerView.Of(builder.Describe()) } });

    public override Task<InfoResponse> Info(InfoRequest request, ServerCallContext context) =>
        Task.FromResult(new InfoResponse { BuildkitVersion = WorkerView.VersionOf(builder.Describe()) });

    /// <summary>(1) The build is known, (2) comes to a result by a frontend here or by its client, (3) the result goes where it is wanted, (4) and what its steps came to.</summary>
    public override async Task<SolveResponse> Solve(SolveRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        if (request.Entitlements.FirstOrDefault(each => !builder.Describe().Entitlements.Contains(each)) is { } refused)
            throw FailureMapping.ToRpc(new BuildException($"granting entitlement {refused} is not allowed by build daemon configuration"));
        var exports = SolveMapping.ExportsOf(request);
        var progress = new BuildProgress(clock);
        var folders = request.FrontendAttrs.Where(pair => pair.Key.StartsWith(FolderSessionPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[FolderSessionPrefix.Length..], pair => pair.Value);
        var surroundings = new BuildSurroundings(new SessionClient(sessions, contexts, request.Session, folders), progress);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var build = new ActiveBuild(request.Ref, request.Session, surroundings, over.Token) { Entitlements = request.Entitlements.ToHashSet() };
        builds.Add(build);                                                                              // (1)
        using var record = request.Internal ? null : history.Begin(request);
        try
        {
            var result = request.Frontend.Length > 0 || request.Definition is not null                  // (2)
                ? await builder.BuildAsync(SolveMapping.ToBuild(request), surroundings, cancellationToken)
                : await build.Returned.WaitAsync(cancellationToken);
            var response = new SolveResponse();
            foreach (var export in exports)                                                             // (3)
            {
                foreach (var (key, value) in await builder.ExportAsync(result, export, surroundings, cancellationToken))
                    response.ExporterResponse[key] = value;
            }
            foreach (var cache in SolveMapping.CacheExportsOf(request))                                     // (4)
            {
                foreach (var (key, value) in await builder.ExportCacheAsync(result, cache, surroundings, cancellationToken))
                    response.ExporterResponse[key] = value;
            }
            record?.Complete(response);
            return response;
        }
        catch (BuildException e)
        {
            var failure = FailureMapping.ToRpc(e);
            record?.Fail(failure.Status);
            throw failure;
        }
        finally
        {
            await over.CancelAsync();
            surroundings.Holdings.Dispose();
            progress.Complete();
            builds.Retire(build);
        }
    }

    public override async Task Status(StatusRequest request, IServerStreamWriter<StatusResponse> responseStream, ServerCallContext context)
    {
        var build = await builds.FindAsync(request.Ref, context.CancellationToken);
        await foreach (var events in build.Surroundings.Progress.ReadAsync(context.CancellationToken))
        {
            foreach (var response in ProgressMapping.ToResponses(events))
                await responseStream.WriteAsync(response);
        }
    }

    /// <summary>As <c>POST /session</c>, inside a call: the client's answers travel in its messages.</summary>
    public override async Task Session(IAsyncStreamReader<BytesMessage> requestStream, IServerStreamWriter<BytesMessage> responseStream, ServerCallContext context)
    {
        var headers = context.RequestHeaders.Where(entry => !entry.IsBinary).Select(entry => KeyValuePair.Create(entry.Key, entry.Value));
        var offer = SessionOffer.Parse(headers) ?? throw new EngineException(ErrorKind.Invalid, "a session without an id");
        await sessions.RunAsync(offer, new CallStream(requestStream, responseStream), context.CancellationToken);
    }

    public override async Task<DiskUsageResponse> DiskUsage(DiskUsageRequest request, ServerCallContext context)
    {
        var records = await builder.ListCacheAsync(request.Filter, context.CancellationToken);
        return new DiskUsageResponse { Record = { records.Select(CacheMapping.ToUsage) } };
    }

    public override async Task Prune(PruneRequest request, IServerStreamWriter<UsageRecord> responseStream, ServerCallContext context)
    {
        await foreach (var record in builder.PruneCacheAsync(CacheMapping.ToRule(request), context.CancellationToken))
            await responseStream.WriteAsync(CacheMapping.ToUsage(record));
    }

    public override async Task ListenBuildHistory(BuildHistoryRequest request, IServerStreamWriter<BuildHistoryEvent> responseStream, ServerCallContext context)
    {
        await foreach (var happened in history.ListenAsync(request, context.CancellationToken))
            await responseStream.WriteAsync(happened);
    }

    public override Task<UpdateBuildHistoryResponse> UpdateBuildHistory(UpdateBuildHistoryRequest request, ServerCallContext context)
    {
        history.Update(request);
        return Task.FromResult(new UpdateBuildHistoryResponse());
    }
}
