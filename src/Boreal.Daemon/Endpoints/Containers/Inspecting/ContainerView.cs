using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Execs;
using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Inspecting;

/// <summary>Everything about one container, as <c>docker inspect</c> shows it.</summary>
internal sealed class ContainerView(NodePaths paths, ExecRegistry execs, NetworkView networks, Func<ContainerId, LayerFolders> folders)
{
    public Wire.ContainerInspect Describe(Container container, ApiVersion version)
    {
        // Each once: a status swapped in between must not be seen in half.
        var spec = container.Spec;
        var status = container.Status;
        var words = CommandText.WordsOf(spec.Process);
        var files = FilesOf(spec.Network.Mode, spec.Id);
        var ran = status.StartedAt is not null;
        return new Wire.ContainerInspect
        {
            Id = spec.Id.Value,
            Created = GoTime.Format(spec.Created),
            Path = words is [var path, ..] ? path : "",
            Args = [.. words.Skip(1)],
            State = Describe(status),
            Image = spec.ImageId,
            ResolvConfPath = ran ? Path.Combine(files, "resolv.conf") : "",
            HostnamePath = ran ? Path.Combine(files, "hostname") : "",
            HostsPath = ran ? Path.Combine(files, "hosts") : "",
            LogPath = spec.Log.Driver is "json-file" && ran ? paths.Log(spec.Id) : "",
            Name = "/" + spec.Name,
            RestartCount = status.RestartCount,
            Driver = "overlay2",
            Platform = "linux",
            ExecIDs = execs.Running(spec.Id) is { Count: > 0 } running ? running : null,
            HostConfig = HostConfigView.Describe(spec),
            GraphDriver = Storage(spec.Id),
            Mounts = MountView.Describe(spec.Storage),
            Config = ConfigView.Describe(spec),
            NetworkSettings = networks.Describe(container, version),
        };
    }

    /// <summary>A container in another's network shows the other's hosts, hostname and resolv.conf.</summary>
    private string FilesOf(string networkMode, ContainerId id) =>
        networkMode.StartsWith("container:", StringComparison.Ordinal) && ContainerId.IsValid(networkMode.AsSpan("container:".Length))
            ? paths.Container(ContainerId.Parse(networkMode["container:".Length..]))
            : paths.Container(id);

    private static Wire.ContainerState Describe(ContainerStatus status) => new()
    {
        Status = StatusText.StateOf(status),
        Running = status.IsRunning,
        Paused = status.State is ContainerState.Paused,
        Restarting = status.State is ContainerState.Restarting,
        OOMKilled = status.OomKilled,
        Dead = status.State is ContainerState.Dead,
        Pid = status.Pid,
        ExitCode = status.ExitCode,
        Error = status.Error,
        StartedAt = GoTime.Format(status.StartedAt),
        FinishedAt = GoTime.Format(status.FinishedAt),
        Health = status.Health is not { } health ? null : new Wire.Health
        {
            Status = StatusText.HealthOf(health),
            FailingStreak = health.FailingStreak,
            Log = [.. health.Log.Select(probe => new Wire.HealthProbe
            {
                Start = GoTime.Format(probe.Start),
                End = GoTime.Format(probe.End),
                ExitCode = probe.ExitCode,
                Output = probe.Output,
            })],
        },
    };

    private Wire.GraphDriver Storage(ContainerId id)
    {
        var places = folders(id);
        var data = new Dictionary<string, string>
        {
            ["ID"] = id.Value,
            ["MergedDir"] = places.Merged,
            ["UpperDir"] = places.Upper,
            ["WorkDir"] = places.Work,
        };
        if (places.Lower is { } lower)
            data["LowerDir"] = lower;
        return new Wire.GraphDriver { Name = "overlay2", Data = data };
    }
}
