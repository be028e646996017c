using Boreal.Build.Builds;
using Boreal.Build.Progress;
using Boreal.BuildWire.Protocol.Gateway;
using Boreal.BuildWire.Protocol.Types;
using Boreal.Engine.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Build.Gateway;

/// <summary>What a client that drives its build itself asks for. Every call names its build in its metadata.</summary>
internal sealed class GatewayService(IBuilder builder, BuildTable builds) : LLBBridge.LLBBridgeBase
{
    private const string BuildKey = "buildkit-controlapi-buildid";

    private static readonly string[] Capabilities =
    [
        "solve.base", "solve.inlinereturn", "resolveimage", "resolveimage.resolvemode", "readfile", "return", "returnmap", "importcaches",
        "proto.refarray", "reference.output", "gateway.solve.metadata", "frontend.inputs", "frontend.caps", "gateway.solve.evaluate", "gateway.evaluate", "gateway.warnings",
    ];

    // Named, so that clients do not assume those of the first servers: definitions are not built here.
    private static readonly string[] DefinitionCapabilities = ["source.local", "exporter.multiple"];

    public override Task<PongResponse> Ping(PingRequest request, ServerCallContext context)
    {
        var pong = new PongResponse { Workers = { WorkerView.Of(builder.Describe()) } };
        pong.FrontendAPICaps.Add(Capabilities.Select(id => new Capability { ID = id, Enabled = true }));
        pong.LLBCaps.Add(DefinitionCapabilities.Select(id => new Capability { ID = id, Enabled = true }));
        return Task.FromResult(pong);
    }

    public override async Task<SolveResponse> Solve(SolveRequest request, ServerCallContext context)
    {
        var build = await FindAsync(context);
        // Nothing to build is what a client returns that only wanted to ask.
        if (request.Frontend.Length == 0 && request.Definition is null or { Def.Count: 0 })
            return new SolveResponse { Result = new Result { Ref = new Ref() } };
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, build.Over);
        try
        {
            var result = await builder.BuildAsync(ToBuild(request, build.Entitlements, builds), build.Surroundings, either.Token);
            return new SolveResponse { Result = ToResult(build, result) };
        }
        catch (BuildException e)
        {
            throw FailureMapping.ToRpc(e);
        }
    }

    public override async Task<ReturnResponse> Return(ReturnRequest request, ServerCallContext context)
    {
        var build = await FindAsync(context);
        if (request.Error is { } error)
            build.Fail(FailureMapping.ToRpc(error));
        else
            build.Return(FromResult(build, request.Result ?? new Result()));
        return new ReturnResponse();
    }

    public override async Task<EvaluateResponse> Evaluate(EvaluateRequest request, ServerCallContext context)
    {
        var build = await FindAsync(context);
        await builder.EvaluateAsync(build.Find(request.Ref), context.CancellationToken);
        return new EvaluateResponse();
    }

    public override async Task<ReadFileResponse> ReadFile(ReadFileRequest request, ServerCallContext context)
    {
        var build = await FindAsync(context);
        var offset = checked((int)(request.Range?.Offset ?? 0));
        var range = request.Range is { Length: > 0 } wanted ? offset..checked(offset + (int)wanted.Length) : offset..;
        var data = await builder.ReadFileAsync(build.Find(request.Ref), request.FilePath, range, context.CancellationToken);
        return new ReadFileResponse { Data = ByteString.CopyFrom(data.Span) };
    }

    public override async Task<InputsResponse> Inputs(InputsRequest request, ServerCallContext context)
    {
        await FindAsync(context);
        return new InputsResponse();
    }

    public override async Task<WarnResponse> Warn(WarnRequest request, ServerCallContext context)
    {
        var build = await FindAsync(context);
        build.Surroundings.Progress.Warn(request.Digest, new BuildWarning
        {
            Level = (int)request.Level,
            Short = request.Short.ToStringUtf8(),
            Detail = [.. request.Detail.Select(line => line.ToStringUtf8())],
            Url = request.Url,
        });
        return new WarnResponse();
    }

    private async Task<ActiveBuild> FindAsync(ServerCallContext context)
    {
        var reference = context.RequestHeaders.GetValue(BuildKey);
        if (string.IsNullOrEmpty(reference))
            throw new EngineException(ErrorKind.Invalid, "no buildid found in context");
        var build = await builds.FindAsync(reference, context.CancellationToken);
        return build.Over.IsCancellationRequested ? throw new EngineException(ErrorKind.NotFound, $"no such job {reference}") : build;
    }

    private static BuildRequest ToBuild(SolveRequest request, IReadOnlySet<string> entitlements, BuildTable builds)
    {
        SolveMapping.RequireFrontend(request.Frontend);
        return new BuildRequest
        {
            Frontend = request.Frontend,
            Attributes = request.FrontendOpt.ToDictionary(),
            Inputs = request.FrontendInputs.ToDictionary(pair => pair.Key, pair => FindInput(pair.Key, pair.Value, builds)),
            CacheImports = [.. request.CacheImports.Select(entry => new CacheSource(entry.Type, entry.Attrs.ToDictionary()))],
            Evaluate = request.Evaluate,
            Entitlements = entitlements,
        };
    }

    private static BuildTree FindInput(string name, Definition definition, BuildTable builds) =>
        ResultDefinition.Find(definition) is { } id && builds.FindTree(id) is { } tree
            ? tree
            : throw new EngineException(ErrorKind.NotImplemented, $"input {name} is not a result of a build here: LLB definitions are not supported by this version of Boreal");

    private static Ref ToRef(ActiveBuild build, BuildTree tree)
    {
        var id = build.Keep(tree);
        return new Ref { Id = id, Def = ResultDefinition.Of(id) };
    }

    private static Result ToResult(ActiveBuild build, BuildResult built)
    {
        var result = new Result();
        foreach (var (name, value) in built.Metadata)
            result.Metadata.Add(name, ByteString.CopyFrom(value.Span));
        if (built.Platforms.Count == 0)
        {
            result.Ref = built.Tree is { } tree ? ToRef(build, tree) : new Ref();
            return result;
        }
        result.Refs = new RefMap();
        foreach (var (platform, tree) in built.Platforms)
            result.Refs.Refs.Add(platform, ToRef(build, tree));
        return result;
    }

    private static BuildResult FromResult(ActiveBuild build, Result result)
    {
        var metadata = result.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value.Memory);
        return result.ResultCase switch
        {
            Result.ResultOneofCase.Ref => new BuildResult { Tree = result.Ref.Id.Length == 0 ? null : build.Find(result.Ref.Id), Metadata = metadata },
            Result.ResultOneofCase.Refs => new BuildResult { Platforms = result.Refs.Refs.ToDictionary(pair => pair.Key, pair => build.Find(pair.Value.Id)), Metadata = metadata },
            Result.ResultOneofCase.None => new BuildResult { Metadata = metadata },
            _ => throw new EngineException(ErrorKind.NotImplemented, "results in the form of the first clients are not supported"),
        };
    }
}
