using Boreal.Build.Progress;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Protocol.Types;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Boreal.Build.Gateway;

/// <summary>Progress as clients read it.</summary>
internal static class ProgressMapping
{
    // Well below the 4 MiB that clients take.
    private const int LargestResponse = 1 << 20;

    public static IEnumerable<StatusResponse> ToResponses(IReadOnlyList<ProgressEvent> events)
    {
        var response = new StatusResponse();
        var size = 0;
        foreach (var happened in events)
        {
            if (happened is ProgressEvent.Logged { Text.Length: var length } && (size += length) > LargestResponse)
            {
                yield return response;
                response = new StatusResponse();
                size = length;
            }
            Add(response, happened);
        }
        yield return response;
    }

    public static SourceText ToSource(SourceExcerpt excerpt) => new()
    {
        Filename = excerpt.FileName,
        Data = ByteString.CopyFrom(excerpt.Content.Span),
        Language = excerpt.Language,
    };

    private static void Add(StatusResponse response, ProgressEvent happened)
    {
        switch (happened)
        {
            case ProgressEvent.StepChanged step:
                response.Vertexes.Add(ToVertex(step));
                break;
            case ProgressEvent.PartChanged part:
                response.Statuses.Add(ToStatus(part));
                break;
            case ProgressEvent.Logged log:
                response.Logs.Add(new VertexLog { Vertex = log.Step, Stream = log.Stream, Msg = ByteString.CopyFrom(log.Text.Span), Timestamp = log.Time.ToTimestamp() });
                break;
            case ProgressEvent.Warned warned:
                response.Warnings.Add(ToWarning(warned));
                break;
        }
    }

    private static Vertex ToVertex(ProgressEvent.StepChanged step)
    {
        var vertex = new Vertex { Digest = step.Step, Name = step.Name, Cached = step.IsCached, Error = step.Error, Inputs = { step.Inputs } };
        if (step.Started is { } started)
            vertex.Started = started.ToTimestamp();
        if (step.Completed is { } completed)
            vertex.Completed = completed.ToTimestamp();
        if (step.Group is { } group)
            vertex.ProgressGroup = new ProgressGroup { Id = group.Id, Name = group.Name, Weak = group.IsWeak };
        return vertex;
    }

    private static VertexStatus ToStatus(ProgressEvent.PartChanged part)
    {
        var status = new VertexStatus
        {
            ID = part.Part,
            Vertex = part.Step,
            Name = part.Action,
            Current = part.Current,
            Total = part.Total,
            Timestamp = part.Time.ToTimestamp(),
            Started = part.Started.ToTimestamp(),
        };
        if (part.Completed is { } completed)
            status.Completed = completed.ToTimestamp();
        return status;
    }

    private static VertexWarning ToWarning(ProgressEvent.Warned warned)
    {
        var warning = new VertexWarning
        {
            Vertex = warned.Step,
            Level = warned.Warning.Level,
            Short = ByteString.CopyFromUtf8(warned.Warning.Short),
            Detail = { warned.Warning.Detail.Select(ByteString.CopyFromUtf8) },
            Url = warned.Warning.Url,
        };
        if (warned.Warning.Excerpt is not { } excerpt)
            return warning;
        warning.Info = ToSource(excerpt);
        warning.Ranges.Add(excerpt.Ranges.Select(range => new BuildWire.Protocol.Types.Range
        {
            Start = new Position { Line = range.StartLine },
            End = new Position { Line = range.EndLine },
        }));
        return warning;
    }
}
