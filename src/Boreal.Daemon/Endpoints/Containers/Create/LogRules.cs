using System.Globalization;
using Boreal.Daemon.Configuration;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Log drivers and their options: which exist, and which fit together.</summary>
internal static class LogRules
{
    private static readonly string[] JsonFileOptions = ["max-file", "max-size", "compress", "labels", "labels-regex", "env", "env-regex", "tag"];
    private static readonly string[] LocalOptions = ["max-file", "max-size", "compress"];

    public static LogSpec ToSpec(Wire.LogConfig? config, ContainerDefaults defaults)
    {
        var options = new Dictionary<string, string>(config?.Config ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        var driver = config?.Type ?? "";
        if (driver is "" || driver == defaults.LogDriver)
        {
            driver = defaults.LogDriver;
            foreach (var (key, value) in defaults.LogOptions)
                options.TryAdd(key, value);
        }
        Check(driver, options);
        return new LogSpec(driver, options);
    }

    private static void Check(string driver, Dictionary<string, string> options)
    {
        if (driver is "none")
            return;
        var known = driver switch
        {
            "json-file" => JsonFileOptions,
            "local" => LocalOptions,
            _ => throw Invalid($"error looking up logging plugin {driver}: plugin \"{driver}\" not found"),
        };
        CheckMode(options);
        foreach (var key in options.Keys)
        {
            if (key is not ("mode" or "max-buffer-size") && Array.IndexOf(known, key) < 0)
                throw Invalid(driver is "local" ? $"unknown log opt '{key}' for log driver local" : $"unknown log opt '{key}' for {driver} log driver");
        }
        CheckValues(options);
    }

    private static void CheckMode(Dictionary<string, string> options)
    {
        var mode = options.GetValueOrDefault("mode", "");
        if (mode is not ("" or "blocking" or "non-blocking"))
            throw Invalid($"logger: logging mode not supported: {mode}");
        if (!options.TryGetValue("max-buffer-size", out var size))
            return;
        if (mode is not "non-blocking")
            throw Invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
        if (ByteSize.TryParse(size) is null)
            throw Invalid($"error parsing option max-buffer-size: invalid size: '{size}'");
    }

    // Docker finds these out when the container starts; its words, only earlier.
    private static void CheckValues(Dictionary<string, string> options)
    {
        const string Failed = "failed to initialize logging driver: ";
        if (options.TryGetValue("max-size", out var size) && size is not "-1" && ByteSize.TryParse(size) is null)
            throw Invalid($"{Failed}invalid size: '{size}'");
        if (options.TryGetValue("max-file", out var files))
        {
            if (!int.TryParse(files, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
                throw Invalid($"{Failed}strconv.Atoi: parsing \"{files}\": invalid syntax");
            if (count < 1)
                throw Invalid($"{Failed}max-file cannot be less than 1");
        }
        if (options.TryGetValue("compress", out var compress) && !bool.TryParse(compress, out _) && compress is not ("0" or "1" or "t" or "f" or "T" or "F"))
            throw Invalid($"{Failed}strconv.ParseBool: parsing \"{compress}\": invalid syntax");
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
