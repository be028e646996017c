using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Logs;
using Boreal.Engine.Runtime;
using Boreal.Engine.Shims;
using Boreal.Engine.State;

namespace Boreal.Engine.Containers;

/// <summary>Gives a container its shim: spawned by whoever comes first, an attach or the start.</summary>
internal sealed class ContainerShims(ContainerReleaser releaser, ShimLauncher launcher, OciRuntimes runtimes, Cgroups cgroups, NodePaths paths)
{
    /// <summary>The container's shim, spawned if there is none. The caller holds the claim.</summary>
    public async Task<Shim> GetAsync(Container container, CancellationToken cancellationToken)
    {
        // The last run's shim has the same folder and the same name at the OCI runtime.
        await releaser.WhenReleasedAsync(container.Id);
        return container.Life.Shim ??= await launcher.SpawnAsync(Describe(container), cancellationToken);
    }

    public OciRuntime RuntimeOf(ContainerSpec spec) => runtimes.Find(spec.Runtime);

    /// <summary>Daemon start: the shim of an earlier daemon's start, null when it is gone.</summary>
    public Task<Shim?> ReconnectAsync(ContainerId id, CancellationToken cancellationToken) =>
        launcher.ReconnectAsync(id, paths.Run(id), cancellationToken);

    /// <summary>How the last run ended, if its shim could still tell.</summary>
    public ExitRecord? RecordedExit(ContainerId id) => ExitRecord.TryRead(paths.ExitRecord(id));

    /// <summary>Ends a shim whose process never started.</summary>
    public static async Task DropAsync(Container container)
    {
        if (container.Life.Shim is not { } shim)
            return;
        container.Life.Shim = null;
        await shim.ReleaseAsync(CancellationToken.None);
        await shim.DisposeAsync();
    }

    private ShimLaunch Describe(Container container)
    {
        var spec = container.Spec;
        var runtime = RuntimeOf(spec);
        var directory = paths.Run(spec.Id);
        ContainerFiles.CreateRun(directory);
        return new ShimLaunch
        {
            Id = spec.Id,
            StateDirectory = directory,
            BundleDirectory = directory,
            ExitRecordPath = paths.ExitRecord(spec.Id),
            Runtime = new RuntimeCommand(runtime.Path, paths.RuntimeRoot, runtime.Arguments) { IsCrun = runtime.IsCrun },
            CgroupPath = cgroups.PathOf(spec.Id, spec.Resources),
            Tty = spec.Process.Tty,
            OpenStdin = spec.Process.OpenStdin,
            StdinOnce = spec.Process.StdinOnce,
            ConsoleSize = spec.Process.ConsoleSize,
            Log = LogTarget.For(spec, paths.Log(spec.Id)),
        };
    }
}
