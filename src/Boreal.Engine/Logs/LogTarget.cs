using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Logs;

/// <summary>Where and how a container's output is logged.</summary>
public sealed record LogTarget
{
    /// <summary><c>json-file</c>, <c>local</c> or <c>none</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The current file; older ones have .1, .2, ... appended. Empty for <c>none</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Size at which a file is rotated; 0: never.</summary>
    public long MaxBytes { get; init; } = LogOptions.DefaultMaxBytes;

    /// <summary>Files kept, the current one included.</summary>
    public int MaxFiles { get; init; } = LogOptions.DefaultMaxFiles;

    public bool Compress { get; init; }

    /// <summary>Mode non-blocking: bytes held for a slow disk before output is dropped. 0: blocking.</summary>
    public int RingBytes { get; init; }

    /// <summary>Attributes added to every line (<c>labels</c>, <c>env</c>, <c>tag</c>), in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    internal LogFormat Format => Driver switch
    {
        LogOptions.JsonFile => LogFormat.JsonFile,
        LogOptions.Local => LogFormat.Local,
        _ => LogFormat.None,
    };

    internal LogMessage ToMessage() => new()
    {
        Format = Format,
        Path = Path,
        MaxBytes = MaxBytes,
        MaxFiles = MaxFiles,
        Compress = Compress,
        RingBytes = RingBytes,
        Attributes = Attributes,
    };
}
