using System.Globalization;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
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

    /// <summary>The target that a container's log options ask for.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="jsonPath">Where the driver json-file writes; <c>local</c> has a directory beside it.</param>
    /// <exception cref="EngineException">An option's value is wrong, told as Docker tells it at start.</exception>
    public static LogTarget For(ContainerSpec spec, string jsonPath)
    {
        var options = spec.Log.Options;
        var local = spec.Log.Driver is LogOptions.Local;
        var maxFiles = ReadMaxFiles(options.GetValueOrDefault("max-file"));
        var compress = ReadCompress(options.GetValueOrDefault("compress"));
        if (compress && maxFiles < 2)
            throw Refused(local ? "compression cannot be enabled when max file count is 1" : "compress cannot be true when max-file is less than 2 or max-size is not set");
        return new LogTarget
        {
            Driver = spec.Log.Driver,
            Path = LogFiles.PathOf(spec.Log.Driver, jsonPath),
            MaxBytes = ReadMaxBytes(options.GetValueOrDefault("max-size"), local),
            MaxFiles = maxFiles,
            Compress = compress,
            RingBytes = options.GetValueOrDefault("mode") is "non-blocking" ? ReadRing(options.GetValueOrDefault("max-buffer-size")) : 0,
            Attributes = LogAttributes.Of(spec),
        };
    }

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

    private static long ReadMaxBytes(string? text, bool local)
    {
        if (text is null) return LogOptions.DefaultMaxBytes;
        if (!ByteSize.TryParse(text, out var bytes)) throw Refused((local ? $"invalid value for max-size: {text}: " : "") + $"invalid size: '{text}'");
        return bytes > 0 ? bytes : throw Refused("max-size must be a positive number");
    }

    private static int ReadMaxFiles(string? text)
    {
        if (text is null) return LogOptions.DefaultMaxFiles;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var files))
            throw Refused($"strconv.Atoi: parsing \"{text}\": invalid syntax");
        return files >= 1 ? files : throw Refused("max-file cannot be less than 1");
    }

    private static bool ReadCompress(string? text) => text switch
    {
        null or "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        _ => throw Refused($"strconv.ParseBool: parsing \"{text}\": invalid syntax"),
    };

    private static int ReadRing(string? text) =>
        text is not null && ByteSize.TryParse(text, out var bytes) ? (int)Math.Clamp(bytes, 1, int.MaxValue) : LogOptions.DefaultRingBytes;

    private static EngineException Refused(string reason) =>
        new(ErrorKind.Internal, "failed to create task for container: failed to initialize logging driver: " + reason);
}
