using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Logs;

/// <summary>The log drivers' names, defaults and options. What is wrong is said in Docker's words.</summary>
public static class LogOptions
{
    public const string JsonFile = "json-file";
    public const string Local = "local";
    public const string None = "none";

    /// <summary>Logs rotate unless told otherwise; a log without end fills the disk.</summary>
    public const long DefaultMaxBytes = 10 * 1024 * 1024;

    public const int DefaultMaxFiles = 5;

    /// <summary>Ring of mode non-blocking.</summary>
    public const int DefaultRingBytes = 1024 * 1024;

    private static readonly string[] Known =
        ["max-size", "max-file", "compress", "labels", "labels-regex", "env", "env-regex", "tag", "mode", "max-buffer-size"];

    private static readonly string[] KnownToLocal = ["max-size", "max-file", "compress", "mode", "max-buffer-size"];

    /// <summary>What create refuses; the values of the driver's own options are looked at when the container starts, as Docker does.</summary>
    /// <exception cref="EngineException">Invalid.</exception>
    public static void Check(LogSpec spec)
    {
        if (spec.Driver is not (JsonFile or Local or None))
            throw Invalid($"logger: no log driver named '{spec.Driver}' is registered");
        var mode = spec.Options.GetValueOrDefault("mode");
        if (mode is not (null or "" or "blocking" or "non-blocking")) throw Invalid($"logger: logging mode not supported: {mode}");
        if (spec.Options.TryGetValue("max-buffer-size", out var buffer))
        {
            if (mode is not "non-blocking") throw Invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
            if (!ByteSize.TryParse(buffer, out _)) throw Invalid($"error parsing option max-buffer-size: invalid size: '{buffer}'");
        }

        if (spec.Driver is None) return;
        var known = spec.Driver is Local ? KnownToLocal : Known;
        if (spec.Options.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw Invalid($"unknown log opt '{unknown}' for {(spec.Driver is Local ? "log driver local" : "json-file log driver")}");
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
