namespace Boreal.Build.Progress;

/// <summary>Something that happened in a build. Closed: the records nested here are all there are.</summary>
internal abstract record ProgressEvent
{
    private ProgressEvent()
    {
    }

    /// <summary>A step's whole state, again whenever it changes.</summary>
    internal sealed record StepChanged : ProgressEvent
    {
        public required string Step { get; init; }

        public required string Name { get; init; }

        public IReadOnlyList<string> Inputs { get; init; } = [];

        public StepGroup? Group { get; init; }

        public bool IsCached { get; init; }

        public DateTimeOffset? Started { get; init; }

        public DateTimeOffset? Completed { get; init; }

        public string Error { get; init; } = "";
    }

    /// <summary>A part of a step that takes its own time, often counted in bytes.</summary>
    internal sealed record PartChanged : ProgressEvent
    {
        public required string Step { get; init; }

        public required string Part { get; init; }

        public string Action { get; init; } = "";

        public long Current { get; init; }

        /// <summary>0 when it is not known.</summary>
        public long Total { get; init; }

        public required DateTimeOffset Time { get; init; }

        public required DateTimeOffset Started { get; init; }

        public DateTimeOffset? Completed { get; init; }
    }

    /// <summary>What a step wrote: stream 1 is output, 2 errors.</summary>
    internal sealed record Logged(string Step, int Stream, ReadOnlyMemory<byte> Text, DateTimeOffset Time) : ProgressEvent;

    internal sealed record Warned(string Step, BuildWarning Warning) : ProgressEvent;
}
