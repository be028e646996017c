namespace Boreal.Compose.Requests;

/// <summary>How a container of <c>run</c> differs from those of its service.</summary>
internal sealed record OneOffOptions
{
    /// <summary>Empty keeps the service's.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Null keeps the service's.</summary>
    public string? Entrypoint { get; init; }

    /// <summary><c>KEY=value</c>, or <c>KEY</c> for the caller's.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public IReadOnlyList<string> Labels { get; init; } = [];

    public IReadOnlyList<string> Volumes { get; init; } = [];

    public IReadOnlyList<string> Ports { get; init; } = [];

    public IReadOnlyList<string> AddedCapabilities { get; init; } = [];

    public IReadOnlyList<string> DroppedCapabilities { get; init; } = [];

    public string User { get; init; } = "";

    public string WorkingDirectory { get; init; } = "";

    public bool KeepsPorts { get; init; }

    public bool HasTerminal { get; init; }

    public bool IsInteractive { get; init; } = true;

    /// <summary>Answers to the service's names.</summary>
    public bool KeepsAliases { get; init; }

    public bool RemovesItself { get; init; }
}
