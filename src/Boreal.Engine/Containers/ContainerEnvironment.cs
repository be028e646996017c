using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Layers;
using Boreal.Engine.Networks;
using Boreal.Engine.Runtime;
using Boreal.Engine.State;
using Boreal.Engine.Volumes;

namespace Boreal.Engine.Containers;

/// <summary>What surrounds a container's process: root file system, volumes, network, files, bundle. Made for a start, given back after the exit.</summary>
internal sealed class ContainerEnvironment(
    ContainerJoins joins, Snapshots snapshots, ContainerMounts mounts, NetworkSandboxes networks, BundleWriter bundles, Cgroups cgroups, NodePaths paths)
{
    /// <summary>What the container shares with others that run.</summary>
    public ContainerJoin Join(ContainerSpec spec) => joins.Resolve(spec);

    /// <summary>Mounts the root file system and connects the network; <paramref name="undo"/> learns how to take both back.</summary>
    public async Task<PreparedEnvironment> PrepareAsync(ContainerSpec spec, ContainerJoin joined, Rollback undo, CancellationToken cancellationToken)
    {
        undo.Push(() => ReleaseAsync(spec));
        var rootfs = snapshots.Mount(spec.Id);
        var sources = mounts.Mount(spec, rootfs);
        var network = await networks.AttachAsync(SandboxRequest.Of(spec), cancellationToken);
        undo.Push(() => networks.DetachAsync(network, CancellationToken.None));
        return new PreparedEnvironment(rootfs, sources, joined.NetworkNamespacePath is { } shared ? network with { SandboxPath = shared } : network);
    }

    /// <summary>Writes the files under /etc and the bundle.</summary>
    public void WriteBundle(ContainerSpec spec, PreparedEnvironment prepared, ContainerJoin joined, OciRuntime runtime)
    {
        File.Delete(paths.ExitRecord(spec.Id));
        ContainerFiles.Prepare(spec, prepared.Network, joined, paths);
        bundles.Write(spec, new BundleInputs
        {
            BundleDirectory = paths.Run(spec.Id),
            RootfsPath = prepared.RootfsPath,
            MountSources = prepared.MountSources,
            ContainerDirectory = joined.FilesDirectory ?? paths.Container(spec.Id),
            NetworkNamespacePath = prepared.Network.SandboxPath,
            Hostname = joined.Hostname,
            LinkVariables = [.. joined.Links.SelectMany(link => LinkVariables.Of(link, spec.Name))],
            IpcTargetPid = joined.IpcPid,
            PidTargetPid = joined.PidPid,
            SharedMemoryPath = joined.SharedMemoryPath ?? ContainerFiles.SharedMemoryPath(spec, paths),
            TakesSeccompPrograms = runtime.IsCrun,
        });
    }

    /// <summary>Gives the volumes back, so that they can be removed. The process has ended.</summary>
    public void ReleaseVolumes(ContainerSpec spec) => mounts.Unmount(spec);

    /// <summary>Takes the network away. The process has ended.</summary>
    public Task DisconnectAsync(NetworkStatus network) => networks.DetachAsync(network, CancellationToken.None);

    /// <summary>
    /// Takes mounts, the run's folder and the control group away. The shim has ended. The group is the OCI runtime's to
    /// remove, but one that was killed before it wrote its state knows of none.
    /// </summary>
    public Task ReleaseAsync(ContainerSpec spec)
    {
        var released = ReleaseAsync(spec.Id, spec.Resources);
        ReleaseVolumes(spec);
        return released;
    }

    /// <summary>As <see cref="ReleaseAsync(ContainerSpec)"/>, for what no container's record names.</summary>
    public Task ReleaseStrayAsync(ContainerId id) => ReleaseAsync(id, new ResourceSpec());

    /// <summary>Daemon start: the networks of living containers go on, all others go.</summary>
    public Task TakeOverAsync(IReadOnlyCollection<(SandboxRequest, NetworkStatus)> living, CancellationToken cancellationToken) =>
        networks.StartAsync(living, cancellationToken);

    /// <summary>Daemon start: volumes that living containers have stay mounted, no other does.</summary>
    public void TakeOverVolumes(IEnumerable<ContainerSpec> containers, IReadOnlySet<ContainerId> living) => mounts.Start(containers, living);

    /// <summary>Daemon start: files and root file systems that no container's record names go, from a create or a removal that was cut short.</summary>
    public Task RemoveStraysAsync(IReadOnlySet<ContainerId> known, CancellationToken cancellationToken)
    {
        foreach (var id in Ids(paths.Containers).Where(id => !known.Contains(id))) Directory.Delete(paths.Container(id), recursive: true);
        return snapshots.StartAsync(known, cancellationToken);
    }

    /// <summary>Ids of which there is a run's folder.</summary>
    public IReadOnlyList<ContainerId> Runs() => Ids(paths.Runs);

    private static IReadOnlyList<ContainerId> Ids(string folder)
    {
        Directory.CreateDirectory(folder);
        return [.. Directory.EnumerateDirectories(folder).Select(Path.GetFileName).OfType<string>().Where(name => ContainerId.IsValid(name)).Select(ContainerId.Parse)];
    }

    private Task ReleaseAsync(ContainerId id, ResourceSpec resources)
    {
        snapshots.Unmount(id);
        ContainerFiles.Remove(paths.Run(id));
        return cgroups.Of(id, resources).RemoveAsync(CancellationToken.None);
    }
}
