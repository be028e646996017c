using Boreal.Engine.Errors;
using Boreal.Linux.Processes;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>What Docker refuses before it looks for the image, in its words.</summary>
internal static class ConfigRules
{
    private const long OneMillisecond = 1_000_000;

    public static void Check(Wire.ContainerCreateRequest request)
    {
        if (request.WorkingDir is not "" && !request.WorkingDir.StartsWith('/'))
            throw Invalid($"the working directory '{request.WorkingDir}' is invalid, it needs to be an absolute path");
        if (!string.IsNullOrEmpty(request.StopSignal))
            ParseSignal(request.StopSignal);
        foreach (var variable in request.Env ?? [])
        {
            if (variable is "" || variable[0] == '=')
                throw Invalid($"invalid environment variable: {variable}");
        }
        CheckHealth(request.Healthcheck);
    }

    public static void CheckHost(Wire.HostConfig host)
    {
        RestartRules.Check(host.RestartPolicy, host.AutoRemove);
        if (host.Isolation is not ("" or "default"))
            throw Invalid($"Invalid isolation: \"{host.Isolation}\" - linux only supports 'default'");
        if (host.Annotations?.ContainsKey("") ?? false)
            throw Invalid("invalid Annotations: the empty string is not permitted as an annotation key");
        if (host.DeviceRequests is [{ } request, ..])
            throw Invalid($"could not select device driver \"{request.Driver}\" with capabilities: [{string.Join(' ', (request.Capabilities ?? []).Select(all => $"[{string.Join(' ', all)}]"))}]");
        if (host.StorageOpt is { Count: > 0 })
            throw Invalid("--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
        HostNameRules.CheckExtraHosts(host.ExtraHosts);
    }

    /// <summary>A signal by name or number; 400 for what is none.</summary>
    public static int ParseSignal(string text) => Signals.Parse(text) ?? throw Invalid($"invalid signal: {text}");

    private static void CheckHealth(Wire.HealthConfig? health)
    {
        if (health is null)
            return;
        CheckDuration("Interval", health.Interval);
        CheckDuration("Timeout", health.Timeout);
        CheckDuration("StartPeriod", health.StartPeriod);
        CheckDuration("StartInterval", health.StartInterval);
        if (health.Retries < 0)
            throw Invalid("Retries in Healthcheck cannot be negative");
    }

    private static void CheckDuration(string name, long nanoseconds)
    {
        if (nanoseconds is not 0 and < OneMillisecond)
            throw Invalid($"{name} in Healthcheck cannot be less than 1ms");
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
