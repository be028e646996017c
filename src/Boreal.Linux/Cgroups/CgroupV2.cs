using Boreal.Linux.Processes;

namespace Boreal.Linux.Cgroups;

/// <summary>A group in the unified tree.</summary>
public sealed class CgroupV2(string directory) : ICgroup
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Directories { get; } = [directory];

    /// <inheritdoc/>
    public long OomKills => (long)CgroupFile.Pairs($"{directory}/memory.events").GetValueOrDefault("oom_kill");

    /// <inheritdoc/>
    public void SetFrozen(bool frozen) => CgroupFile.Write($"{directory}/cgroup.freeze", frozen ? "1" : "0");

    /// <inheritdoc/>
    public bool IsFrozen() => CgroupFile.Pairs($"{directory}/cgroup.events").GetValueOrDefault("frozen") == 1;

    /// <inheritdoc/>
    public CgroupStats ReadStats() => CgroupStatsV2.Read(directory);

    /// <inheritdoc/>
    public void Kill()
    {
        var all = $"{directory}/cgroup.kill";
        if (File.Exists(all))
        {
            CgroupFile.Write(all, "1");
            return;
        }

        // Kernels before 5.14. Unlike in version 1, SIGKILL reaches frozen processes.
        foreach (var pid in CgroupTree.Processes(directory)) Signals.TrySend(pid, Signals.Kill);
    }
}
