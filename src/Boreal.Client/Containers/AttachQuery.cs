namespace Boreal.Client.Containers;

/// <summary>Which streams an attach takes.</summary>
public sealed record AttachQuery
{
    public bool Stdin { get; init; }

    public bool Stdout { get; init; }

    public bool Stderr { get; init; }

    /// <summary>The key sequence that detaches; null: the daemon's default.</summary>
    public string? DetachKeys { get; init; }
}
