using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime.Measuring;
using Boreal.Engine.Runtime.Resources;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime;

/// <summary>One container's control group on all hierarchies.</summary>
public sealed class ContainerCgroup
{
    private static readonly TimeSpan FreezeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RemoveTimeout = TimeSpan.FromSeconds(5);

    private readonly CgroupLayout _layout;
    private readonly TimeProvider _time;
    private readonly ICgroup _group;

    public ContainerCgroup(CgroupLayout layout, string path, TimeProvider time)
    {
        (_layout, _time, Path) = (layout, time, path);
        _group = layout.UsesV1Limits ? new CgroupV1(layout, path) : new CgroupV2(layout.DirectoryV2(path) ?? throw new InvalidOperationException("a version 2 layout has a unified tree"));
    }

    /// <summary>Path below each hierarchy's root.</summary>
    public string Path { get; }

    public bool Exists => _group.Directories.Any(Directory.Exists);

    /// <summary>Freezes every process and returns when all are frozen.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        _group.SetFrozen(true);
        if (await BecomesAsync(_group.IsFrozen, FreezeTimeout, cancellationToken)) return;
        // A process in an uninterruptible wait cannot be frozen: leave nothing half frozen behind.
        _group.SetFrozen(false);
        throw new EngineException(ErrorKind.Internal, $"unable to freeze: some processes of {Path} did not stop within {FreezeTimeout.TotalSeconds:0} seconds");
    }

    /// <summary>Thaws and returns when no process is frozen any more.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        _group.SetFrozen(false);
        if (!await BecomesAsync(() => !_group.IsFrozen(), FreezeTimeout, cancellationToken))
            throw new EngineException(ErrorKind.Internal, $"unable to thaw: {Path} is still frozen after {FreezeTimeout.TotalSeconds:0} seconds");
    }

    /// <summary>Host pids of all processes, those of groups below included.</summary>
    public IReadOnlyList<int> Pids()
    {
        var directory = _group.Directories.FirstOrDefault(directory => File.Exists($"{directory}/cgroup.procs"));
        return directory is null ? [] : CgroupTree.Processes(directory);
    }

    /// <summary>The group's counters alone.</summary>
    public CgroupStats ReadGroup() => _group.ReadStats();

    /// <summary>The group's counters, and the network's as the process <paramref name="initPid"/> sees it.</summary>
    public ContainerStats ReadStats(int initPid)
    {
        var group = _group.ReadStats();
        var machine = MachineCounters.Read("/proc/stat");
        return new ContainerStats
        {
            Read = _time.GetUtcNow(),
            Group = group,
            SystemCpu = machine.Cpu,
            OnlineCpus = machine.OnlineCpus,
            MemoryLimit = Math.Min(group.Memory.Limit, MachineCounters.TotalMemory),
            IsV1 = _layout.UsesV1Limits,
            Networks = InterfaceCounters.Read($"/proc/{initPid}/net/dev"),
        };
    }

    /// <summary>Writes changed limits to the running group. Zero, empty and null members keep what is.</summary>
    /// <exception cref="EngineException">The kernel refuses a value; what was written before it stays.</exception>
    public void Update(ResourceSpec resources)
    {
        try
        {
            if (_group is CgroupV1 v1) LimitWriterV1.Write(v1.DirectoryOf, resources);
            else LimitWriterV2.Write(_group.Directories[0], resources);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(ErrorKind.Internal, exception.Message, exception);
        }
    }

    /// <summary>How many processes the kernel killed for lack of memory.</summary>
    public long OomKills() => _group.OomKills;

    /// <summary>Kills what is left in the group.</summary>
    public void Kill() => _group.Kill();

    /// <summary>Removes the group's directories, killing what is left in them. Idempotent.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (RemoveDirectories()) return;
        _group.Kill();
        if (!await BecomesAsync(RemoveDirectories, RemoveTimeout, cancellationToken))
            throw new EngineException(ErrorKind.Internal, $"control group {Path} is still busy after {RemoveTimeout.TotalSeconds:0} seconds");
    }

    private bool RemoveDirectories()
    {
        var removed = true;
        foreach (var directory in _group.Directories) removed &= CgroupTree.TryRemove(directory);
        return removed;
    }

    /// <summary>The kernel sends no event for these states on version 1, so it is asked, at growing intervals.</summary>
    private async Task<bool> BecomesAsync(Func<bool> condition, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var interval = TimeSpan.FromMilliseconds(1);
        while (!condition())
        {
            if (_time.GetElapsedTime(started) > timeout) return false;
            await Task.Delay(interval, _time, cancellationToken);
            interval = TimeSpan.FromMilliseconds(Math.Min(interval.TotalMilliseconds * 2, 50));
        }

        return true;
    }
}
