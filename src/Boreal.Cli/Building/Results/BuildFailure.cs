using System.Text;
using System.Text.Json;
using Boreal.BuildWire.Failures;
using Boreal.BuildWire.Protocol.Types;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Cli.Building.Results;

/// <summary>A failed build in words: the place in the Dockerfile, and what went wrong.</summary>
internal static class BuildFailure
{
    private const string SourceDetail = "errdefs.Source";

    public static string Describe(RpcException failure)
    {
        var text = new StringBuilder();
        if (failure.Trailers.GetValueBytes(RpcStream.DetailsTrailer) is { } details) AppendPlaces(text, details);
        text.Append("ERROR: failed to solve: ").Append(failure.StatusCode is StatusCode.Cancelled ? $"Canceled: {failure.Status.Detail}" : failure.Status.Detail).Append('\n');
        if (failure.StatusCode is StatusCode.Unimplemented) text.Append("this daemon cannot build that: boreald or Docker 23 and later are known to work\n");
        return text.ToString();
    }

    private static void AppendPlaces(StringBuilder text, byte[] details)
    {
        try
        {
            foreach (var detail in BuildWire.Protocol.Types.Status.Parser.ParseFrom(details).Details)
            {
                if (detail.TypeUrl.Contains(SourceDetail, StringComparison.Ordinal)) AppendPlace(text, detail.Value.Memory);
            }
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // A daemon of other times says it in another form: the message alone has to do.
        }
    }

    private static void AppendPlace(StringBuilder text, ReadOnlyMemory<byte> json)
    {
        using var source = JsonDocument.Parse(json);
        if (!source.RootElement.TryGetProperty("info", out var file) || !source.RootElement.TryGetProperty("ranges", out var ranges)) return;
        var places = ranges.EnumerateArray().Select(range => (LineOf(range, "start"), LineOf(range, "end"))).ToList();
        text.Append(ExcerptText.Render(file.GetProperty("filename").GetString() ?? "", Encoding.UTF8.GetString(file.GetProperty("data").GetBytesFromBase64()), places));
    }

    private static int LineOf(JsonElement range, string end) => range.TryGetProperty(end, out var position) && position.TryGetProperty("line", out var line) ? line.GetInt32() : 0;
}
