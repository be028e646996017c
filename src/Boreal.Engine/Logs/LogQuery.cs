namespace Boreal.Engine.Logs;

/// <summary>Which log entries are wanted.</summary>
public sealed record LogQuery
{
    public required bool Stdout { get; init; }

    public required bool Stderr { get; init; }

    /// <summary>Entries from this time on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Entries up to this time; a follower ends with the first later one.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only this many last entries (of both streams, before any other choice, as Docker counts); null: all.</summary>
    public long? Tail { get; init; }

    /// <summary>Goes on with what is written later, until the container has stopped.</summary>
    public bool Follow { get; init; }
}
