using Boreal.Api.Json;
using Boreal.Engine.Containers.Spec;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Inspecting;

/// <summary>A spec's process, ports and labels as Docker's Config.</summary>
internal static class ConfigView
{
    public static Wire.ContainerConfig Describe(ContainerSpec spec)
    {
        var process = spec.Process;
        return new Wire.ContainerConfig
        {
            Hostname = process.Hostname,
            Domainname = process.Domainname,
            User = process.User,
            AttachStdin = process.AttachStdin,
            AttachStdout = process.AttachStdout,
            AttachStderr = process.AttachStderr,
            ExposedPorts = ToSet(spec.Network.Exposed.Select(port => port.ToString())),
            Tty = process.Tty,
            OpenStdin = process.OpenStdin,
            StdinOnce = process.StdinOnce,
            Env = process.Environment,
            Cmd = process.Command,
            Healthcheck = Describe(spec.Health),
            Image = spec.ImageName,
            Volumes = ToSet(spec.Storage.DeclaredVolumes ?? []),
            WorkingDir = process.WorkingDirectory,
            Entrypoint = process.Entrypoint,
            MacAddress = spec.Network.MacAddress,
            OnBuild = process.OnBuild,
            Labels = spec.Labels,
            StopSignal = process.StopSignal,
            StopTimeout = process.StopTimeout,
            Shell = process.Shell,
        };
    }

    private static Wire.HealthConfig? Describe(HealthSpec? health) => health is null ? null : new Wire.HealthConfig
    {
        Test = health.Test is [] ? null : health.Test,
        Interval = Nanoseconds(health.Interval),
        Timeout = Nanoseconds(health.Timeout),
        StartPeriod = Nanoseconds(health.StartPeriod),
        StartInterval = Nanoseconds(health.StartInterval),
        Retries = health.Retries,
    };

    private static long Nanoseconds(TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Null for none, as Docker has it.</summary>
    private static SortedDictionary<string, EmptyObject?>? ToSet(IEnumerable<string> keys)
    {
        var set = new SortedDictionary<string, EmptyObject?>(StringComparer.Ordinal);
        foreach (var key in keys)
            set[key] = EmptyObject.Instance;
        return set.Count == 0 ? null : set;
    }
}
