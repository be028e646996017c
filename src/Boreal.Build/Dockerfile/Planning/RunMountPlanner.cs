using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;
using Boreal.BuildWire.Paths;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Plans the mounts of one RUN.</summary>
internal sealed class RunMountPlanner(PlanContext context, StageState stage)
{
    private const string CacheFolder = "/cache";
    private const int DefaultCacheMode = 0b111_101_101;
    private const int DefaultSecretMode = 0b100_000_000;
    private const int DefaultAgentMode = 0b110_000_000;

    private readonly List<MountPoint> _points = [];
    private readonly List<SecretVariable> _secretVariables = [];
    private int _agents;

    public IReadOnlyList<MountPoint> Points => _points;

    public IReadOnlyList<SecretVariable> SecretVariables => _secretVariables;

    /// <summary>The first agent's socket.</summary>
    public string? AgentSocket { get; private set; }

    public void Add(MountPoint point) => _points.Add(point);

    public void AddSharedMemory(long size) => Add(new MountPoint { Kind = MountKind.Tmpfs, Target = "/dev/shm", Size = size });

    /// <exception cref="FormatException">The mount does not go with the stage.</exception>
    public void Add(RunMount mount, StageState source, LineRange lines)
    {
        switch (mount.Kind)
        {
            case RunMountKind.Secret:
                AddSecret(mount, lines);
                break;
            case RunMountKind.Ssh:
                AddAgent(mount, lines);
                break;
            default:
                AddFiles(mount, source);
                break;
        }
    }

    private void AddFiles(RunMount mount, StageState source)
    {
        var isFromStage = mount.From.Length > 0 || mount.Kind == RunMountKind.Cache;
        if (isFromStage && !source.IsPlanned && source.Base != "scratch")
            throw new FormatException($"cannot mount from stage {GoText.Quote(mount.From)} to {GoText.Quote(mount.Target)}, stage needs to be defined before current command");
        var path = SlashPath.Join("/", mount.Source);
        var point = new MountPoint
        {
            Kind = mount.Kind switch { RunMountKind.Cache => MountKind.Cache, RunMountKind.Tmpfs => MountKind.Tmpfs, _ => MountKind.Bind },
            Target = TargetOf(mount),
            Source = mount.Kind == RunMountKind.Tmpfs ? null : isFromStage ? source.State.Tree : context.MainContext,
            SourcePath = path,
            IsReadOnly = mount.IsReadOnly ?? true,
            Size = mount.Size,
        };
        if (mount.Kind == RunMountKind.Cache) point = WithCache(point, mount);
        if (path == "/" && (mount.UserId ?? mount.GroupId ?? (uint?)mount.Mode) is not null)
            point = point with { Source = OwnedFolder(mount, point.Source), SourcePath = CacheFolder };
        Add(point);
        (isFromStage ? source.UsedPaths : context.ContextPaths).Add(mount.Source);
    }

    private MountPoint WithCache(MountPoint point, RunMount mount) => point with
    {
        Id = $"{context.Options.CacheNamespace}/{(mount.Id.Length > 0 ? mount.Id : SlashPath.Clean(mount.Target))}",
        Sharing = mount.Sharing switch { "private" => CacheSharing.Private, "locked" => CacheSharing.Locked, _ => CacheSharing.Shared },
    };

    private string TargetOf(RunMount mount)
    {
        var target = SlashPath.IsAbsolute(mount.Target) ? mount.Target : SlashPath.Join("/", stage.State.Directory, mount.Target);
        return target == "/" ? throw new FormatException($"invalid mount target {GoText.Quote(target)}") : target;
    }

    private static FileOperation OwnedFolder(RunMount mount, Operation? below) => new()
    {
        Base = below,
        Actions = [new MakeDirectoryAction(CacheFolder, mount.Mode ?? DefaultCacheMode) { Owner = new FileOwner($"{mount.UserId ?? 0}", $"{mount.GroupId ?? 0}") }],
        Provenance = new Provenance("[internal] setting cache mount permissions"),
    };

    private void AddSecret(RunMount mount, LineRange lines)
    {
        var id = mount.Source.Length > 0 ? mount.Source : mount.Id.Length > 0 ? mount.Id : SlashPath.Base(mount.Target);
        stage.Outline.AddSecret(id, mount.IsRequired, lines);
        if (mount.Variable is { } variable) _secretVariables.Add(new SecretVariable(id, variable.Length > 0 ? variable : id, !mount.IsRequired));
        if (mount.Variable is not null && mount.Target.Length == 0) return;
        Add(new MountPoint
        {
            Kind = MountKind.Secret,
            Target = mount.Target.Length > 0 ? mount.Target : $"/run/secrets/{SlashPath.Base(id)}",
            Id = id,
            IsOptional = !mount.IsRequired,
            UserId = mount.UserId ?? 0,
            GroupId = mount.GroupId ?? 0,
            Mode = mount.Mode ?? DefaultSecretMode,
        });
    }

    private void AddAgent(RunMount mount, LineRange lines)
    {
        if (mount.Source.Length > 0) throw new FormatException("ssh does not support source");
        var id = mount.Id.Length > 0 ? mount.Id : "default";
        stage.Outline.AddAgent(id, mount.IsRequired, lines);
        var target = mount.Target.Length > 0 ? mount.Target : $"/run/buildkit/ssh_agent.{_agents}";
        _agents++;
        AgentSocket ??= target;
        Add(new MountPoint
        {
            Kind = MountKind.Ssh,
            Target = target,
            Id = id,
            IsOptional = !mount.IsRequired,
            UserId = mount.UserId ?? 0,
            GroupId = mount.GroupId ?? 0,
            Mode = mount.Mode ?? DefaultAgentMode,
        });
    }
}
