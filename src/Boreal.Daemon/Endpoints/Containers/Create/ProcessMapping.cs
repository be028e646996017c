using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>What runs. Takes the request with the image's defaults merged in.</summary>
internal static class ProcessMapping
{
    public static ProcessSpec ToSpec(Wire.ContainerCreateRequest request, Wire.HostConfig host, CreateContext context)
    {
        // One empty string is how the CLI says that the image's entrypoint is not wanted.
        var entrypoint = request.Entrypoint is [""] ? null : request.Entrypoint;
        if (entrypoint is null or [] && request.Cmd is null or [])
            throw new EngineException(ErrorKind.Invalid, "no command specified");
        return new ProcessSpec
        {
            Entrypoint = entrypoint,
            Command = request.Cmd,
            Environment = request.Env ?? [],
            WorkingDirectory = request.WorkingDir is "" ? "" : PathNotation.Clean(request.WorkingDir),
            User = request.User,
            AdditionalGroups = host.GroupAdd,
            Hostname = Hostname(request, host, context),
            Domainname = request.Domainname,
            Tty = request.Tty,
            OpenStdin = request.OpenStdin,
            StdinOnce = request.StdinOnce,
            AttachStdin = request.AttachStdin,
            AttachStdout = request.AttachStdout,
            AttachStderr = request.AttachStderr,
            ConsoleSize = ToConsoleSize(host.ConsoleSize),
            StopSignal = string.IsNullOrEmpty(request.StopSignal) ? null : request.StopSignal,
            StopTimeout = request.StopTimeout,
            Shell = request.Shell is [] ? null : request.Shell,
            OnBuild = request.OnBuild,
            Init = host.Init,
        };
    }

    /// <summary>Height and width, null when not both are given.</summary>
    public static ConsoleSize? ToConsoleSize(IReadOnlyList<uint>? size) =>
        size is [var height, var width, ..] && (height, width) is not (0, 0) ? new ConsoleSize(height, width) : null;

    public static HealthSpec? ToHealth(Wire.HealthConfig? health) => health is null ? null : new HealthSpec
    {
        Test = health.Test,
        Interval = ToTimeSpan(health.Interval),
        Timeout = ToTimeSpan(health.Timeout),
        StartPeriod = ToTimeSpan(health.StartPeriod),
        StartInterval = ToTimeSpan(health.StartInterval),
        Retries = health.Retries,
    };

    private static TimeSpan ToTimeSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    private static string Hostname(Wire.ContainerCreateRequest request, Wire.HostConfig host, CreateContext context)
    {
        if (request.Hostname is not "")
            return request.Hostname;
        return host.NetworkMode is "host" || host.UTSMode is "host" ? context.HostName : context.Id.Short;
    }
}
