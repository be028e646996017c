namespace Boreal.Client.Containers;

/// <summary>Which log lines to read and how.</summary>
public sealed record LogQuery
{
    public bool Stdout { get; init; } = true;

    public bool Stderr { get; init; } = true;

    public bool Follow { get; init; }

    public bool Timestamps { get; init; }

    public bool Details { get; init; }

    /// <summary>Seconds since the epoch, with an optional fraction.</summary>
    public string? Since { get; init; }

    public string? Until { get; init; }

    /// <summary>How many lines from the end, or <c>all</c>.</summary>
    public string Tail { get; init; } = "all";
}
