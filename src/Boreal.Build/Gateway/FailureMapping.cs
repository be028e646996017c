using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Build.Progress;
using Boreal.BuildWire.Protocol.Types;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Boreal.Build.Gateway;

/// <summary>Failed builds as gRPC carries them: with the step and the place in the Dockerfile, which clients show.</summary>
internal static class FailureMapping
{
    private const string TypePrefix = "github.com/moby/buildkit/errdefs.";

    public static RpcException ToRpc(BuildException failure)
    {
        var status = new BuildWire.Protocol.Types.Status { Code = (int)StatusCode.Unknown, Message = failure.Message };
        if (failure.Step is { } step)
            status.Details.Add(Detail("Vertex", JsonSerializer.SerializeToUtf8Bytes(new FailedStep(step), FailureJsonContext.Default.FailedStep)));
        if (failure.Excerpt is { } excerpt)
            status.Details.Add(Detail("Source", JsonSerializer.SerializeToUtf8Bytes(ToFailedSource(excerpt), FailureJsonContext.Default.FailedSource)));
        return ToRpc(status);
    }

    /// <summary>With what it came with, byte for byte.</summary>
    public static RpcException ToRpc(BuildWire.Protocol.Types.Status status) =>
        new(new Grpc.Core.Status((StatusCode)status.Code, status.Message), new Metadata { { RpcStream.DetailsTrailer, status.ToByteArray() } });

    private static Any Detail(string name, byte[] json) => new() { TypeUrl = $"{TypePrefix}{name}+json", Value = ByteString.CopyFrom(json) };

    private static FailedSource ToFailedSource(SourceExcerpt excerpt) => new(
        new FailedFile(excerpt.FileName, excerpt.Content, excerpt.Language),
        [.. excerpt.Ranges.Select(range => new FailedRange(new FailedPosition(range.StartLine), new FailedPosition(range.EndLine)))]);
}
