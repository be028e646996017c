using Boreal.BuildWire.Protocol.Control;

namespace Boreal.Cli.Building.Progress;

/// <summary>One step of a build as far as it is known.</summary>
internal sealed class StepView(int number, string digest)
{
    /// <summary>From 1, in the order in which steps were first told of as begun.</summary>
    public int Number => number;

    public string Digest => digest;

    public string Name { get; private set; } = "";

    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Completed { get; private set; }

    /// <summary>Time it ran before it was begun again.</summary>
    public TimeSpan Earlier { get; private set; }

    public bool IsCached { get; private set; }

    public string Error { get; private set; } = "";

    public bool IsCanceled => Error.EndsWith("context canceled", StringComparison.Ordinal);

    /// <summary>Parts such as a download, by their ids, in order.</summary>
    public List<VertexStatus> Parts { get; } = [];

    /// <summary>What its process wrote.</summary>
    public StepLog Log { get; } = new();

    public TimeSpan Duration(DateTimeOffset now) => Earlier + (Started is { } started ? (Completed ?? now) - started : TimeSpan.Zero);

    public void Take(Vertex vertex)
    {
        var started = vertex.Started?.ToDateTimeOffset();
        if (started is not null && Started is { } before && Completed is { } end && started != before) Earlier += end - before;
        Name = vertex.Name;
        Started = started ?? Started;
        Completed = vertex.Completed?.ToDateTimeOffset();
        IsCached = vertex.Cached;
        Error = vertex.Error;
    }

    /// <summary>The part as it is now.</summary>
    public void Take(VertexStatus part)
    {
        var at = Parts.FindIndex(known => known.ID == part.ID);
        if (at < 0) Parts.Add(part);
        else Parts[at] = part;
    }
}
