using Boreal.Daemon.Configuration;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Logs;
using LogOptions = Boreal.Engine.Logs.LogOptions;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>The log driver of a request, the daemon's options laid under its own.</summary>
internal static class LogRules
{
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
        if (driver is not (LogOptions.JsonFile or LogOptions.Local or LogOptions.None))
            throw Invalid($"error looking up logging plugin {driver}: plugin \"{driver}\" not found");
        var spec = new LogSpec(driver, options);
        LogOptions.Check(spec);
        return spec;
    }

    /// <summary>The driver's own options, judged by who will read them: Docker finds these out at start, we before there is a container.</summary>
    public static void CheckValues(ContainerSpec spec)
    {
        try
        {
            LogTarget.For(spec, "/");
        }
        catch (EngineException e)
        {
            throw Invalid(e.Message);
        }
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
