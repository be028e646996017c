using Boreal.Linux.Processes;

namespace Boreal.Linux.Cgroups;

/// <summary>A group on version 1 hierarchies: one directory per mounted controller.</summary>
public sealed class CgroupV1 : ICgroup
{
    private readonly CgroupLayout _layout;
    private readonly string _group;

    public CgroupV1(CgroupLayout layout, string group)
    {
        (_layout, _group) = (layout, group);
        var names = layout.Hierarchies.Keys.Select(name => layout.DirectoryV1(name, group)).OfType<string>();
        var unified = layout.DirectoryV2(group);
        Directories = [.. names.Concat(unified is null ? [] : [unified]).Distinct()];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Directories { get; }

    /// <inheritdoc/>
    public long OomKills => (long)CgroupFile.Pairs($"{DirectoryOf("memory")}/memory.oom_control").GetValueOrDefault("oom_kill");

    /// <inheritdoc/>
    public void SetFrozen(bool frozen) => CgroupFile.Write($"{DirectoryOf("freezer")}/freezer.state", frozen ? "FROZEN" : "THAWED");

    /// <inheritdoc/>
    public bool IsFrozen() => CgroupFile.Text($"{DirectoryOf("freezer")}/freezer.state") is "FROZEN";

    /// <inheritdoc/>
    public CgroupStats ReadStats() => CgroupStatsV1.Read(DirectoryOf);

    /// <inheritdoc/>
    public void Kill()
    {
        foreach (var pid in CgroupTree.Processes(DirectoryOf("pids"))) Signals.TrySend(pid, Signals.Kill);
        // A frozen process dies only once it is thawed.
        if (File.Exists($"{DirectoryOf("freezer")}/freezer.state")) SetFrozen(false);
    }

    /// <summary>The group's directory for one controller; a path that does not exist where it is not mounted.</summary>
    public string DirectoryOf(string controller) => _layout.DirectoryV1(controller, _group) ?? $"/nonexistent/{controller}";
}
