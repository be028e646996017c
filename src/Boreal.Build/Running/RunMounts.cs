using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Solving;
using Boreal.Build.Trees;
using Boreal.Engine.Layers;
using Boreal.Engine.Programs;
using Boreal.Engine.State;
using Boreal.Linux.Files;
using EngineMount = Boreal.Engine.Containers.Spec.MountPoint;

namespace Boreal.Build.Running;

/// <summary>What is mounted while one program runs; given back when it is disposed of.</summary>
internal sealed class RunMounts(BuildLayers layers, CacheFolders caches, StepInputs inputs, IBuildClient client, NodePaths paths) : IAsyncDisposable
{
    private readonly Stack<IDisposable> _held = new();
    private readonly List<EngineMount> _points = [];
    private readonly List<ProgramFile> _files = [];
    private readonly List<AgentSocket> _agents = [];

    public IReadOnlyList<EngineMount> Points => _points;

    public IReadOnlyList<ProgramFile> Files => _files;

    /// <exception cref="BuildException">The client has not what the mount needs.</exception>
    public async Task AddAsync(MountPoint mount, CancellationToken cancellationToken)
    {
        switch (mount.Kind)
        {
            case MountKind.Bind:
                Add(mount, Bind(mount, cancellationToken));
                break;
            case MountKind.Cache:
                await AddCacheAsync(mount, cancellationToken);
                break;
            case MountKind.Tmpfs:
                var size = mount.Size > 0 ? $",size={mount.Size}" : "";
                _points.Add(new EngineMount { Type = "tmpfs", Destination = mount.Target, TmpfsOptions = $"exec,dev{size}" });
                break;
            case MountKind.Secret:
                await AddSecretAsync(mount, cancellationToken);
                break;
            default:
                await AddAgentAsync(mount, cancellationToken);
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        while (_held.TryPop(out var held))
            held.Dispose();
    }

    private void Add(MountPoint mount, string source) => _points.Add(new EngineMount
    {
        Type = "bind",
        Source = source,
        Destination = mount.Target,
        Writable = !mount.IsReadOnly,
        Propagation = "rprivate",
    });

    private string Bind(MountPoint mount, CancellationToken cancellationToken)
    {
        var source = Hold(SourceTree.Open(inputs.Of(mount.Source), layers));
        if (source.IsReceived && !mount.IsReadOnly)
            source = Copy(source, cancellationToken);
        var path = RootedPath.Resolve(source.Root, mount.SourcePath);
        return StatAt.TryGet(source.Root, path.Length == 0 ? "." : path, out _) is null
            ? throw new BuildException($"failed to compute cache key: failed to calculate checksum of ref: \"{mount.SourcePath}\": not found")
            : Path.Join(source.Path, path);
    }

    // A received folder is not to be changed, so what may be written to is a copy.
    private SourceTree Copy(SourceTree received, CancellationToken cancellationToken)
    {
        var copy = Hold(SourceTree.Open(SolvedTree.Layered.Empty, layers));
        using var copier = new SelectionCopier(new CopyRules());
        copier.Begin(copy.Root, null);
        new SelectionWalk(copier, null, null, cancellationToken).Contents(received.Root);
        return copy;
    }

    private async Task AddCacheAsync(MountPoint mount, CancellationToken cancellationToken)
    {
        using var source = mount.Source is null ? null : SourceTree.Open(inputs.Of(mount.Source), layers);
        Add(mount, Hold(await caches.OpenAsync(mount, $"cached mount {mount.Target} from exec {inputs.Command} with id \"{mount.Id}\"", source, cancellationToken)).Path);
    }

    private async Task AddSecretAsync(MountPoint mount, CancellationToken cancellationToken)
    {
        if (await client.GetSecretAsync(mount.Id, cancellationToken) is { } secret)
            _files.Add(new ProgramFile(mount.Target, secret) { Mode = (uint)mount.Mode, Uid = (uint)mount.UserId, Gid = (uint)mount.GroupId });
        else if (!mount.IsOptional)
            throw new BuildException($"secret {mount.Id}: not found");
    }

    private async Task AddAgentAsync(MountPoint mount, CancellationToken cancellationToken)
    {
        if (await client.HasSshAgentAsync(mount.Id, cancellationToken))
        {
            var agent = AgentSocket.Open(paths, client, mount.Id, ((uint)mount.Mode, (uint)mount.UserId, (uint)mount.GroupId));
            _agents.Add(agent);
            Add(mount with { IsReadOnly = true }, agent.Path);
        }
        else if (!mount.IsOptional)
        {
            throw new BuildException($"no SSH key \"{mount.Id}\" forwarded from the client");
        }
    }

    private T Hold<T>(T held)
        where T : IDisposable
    {
        _held.Push(held);
        return held;
    }
}
