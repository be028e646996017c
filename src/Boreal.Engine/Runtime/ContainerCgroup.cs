using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime;

/// <summary>One container's control group on all hierarchies.</summary>
public sealed class ContainerCgroup(CgroupLayout layout, string path, TimeProvider time)
{
    /// <summary>Path below each hierarchy's root.</summary>
    public string Path { get; } = path;

    /// <summary>Freezes every process and returns when all are frozen.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => throw Missing();

    /// <summary>Thaws and returns when no process is frozen any more.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => throw Missing();

    /// <summary>Host pids of all processes, those of groups below included.</summary>
    public IReadOnlyList<int> Pids() => throw Missing();

    /// <summary>The group's counters, and the network's as <paramref name="initPid"/> sees it.</summary>
    public ContainerStats ReadStats(int initPid) => throw Missing();

    /// <summary>Writes changed limits to the running group. Zero or null members keep what is.</summary>
    public void Update(ResourceSpec resources) => throw Missing();

    /// <summary>How many processes the kernel killed for lack of memory.</summary>
    public long OomKills() => throw Missing();

    /// <summary>Kills what is left in the group.</summary>
    public void Kill() => throw Missing();

    /// <summary>Removes the group's directories. Idempotent.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken) => throw Missing();

    private EngineException Missing() => new(ErrorKind.NotImplemented, $"{layout.Version} {Path} {time}");
}
