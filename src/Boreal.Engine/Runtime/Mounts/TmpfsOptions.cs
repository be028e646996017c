using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Mounts;

/// <summary>Options of a tmpfs as mount(8) takes them: a later one overrides an earlier one of the same kind.</summary>
public static class TmpfsOptions
{
    private static readonly string[] Defaults = ["noexec", "nosuid", "nodev", "rprivate"];

    // Options that contradict each other share a kind.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["ro"] = "ro", ["rw"] = "ro", ["suid"] = "suid", ["nosuid"] = "suid", ["dev"] = "dev", ["nodev"] = "dev",
        ["exec"] = "exec", ["noexec"] = "exec", ["sync"] = "sync", ["async"] = "sync", ["dirsync"] = "dirsync", ["remount"] = "remount",
        ["mand"] = "mand", ["nomand"] = "mand", ["atime"] = "atime", ["noatime"] = "atime", ["diratime"] = "diratime", ["nodiratime"] = "diratime",
        ["relatime"] = "relatime", ["norelatime"] = "relatime", ["strictatime"] = "strictatime", ["nostrictatime"] = "strictatime",
        ["bind"] = "propagation", ["rbind"] = "propagation", ["unbindable"] = "propagation", ["runbindable"] = "propagation",
        ["private"] = "propagation", ["rprivate"] = "propagation", ["shared"] = "propagation", ["rshared"] = "propagation",
        ["slave"] = "propagation", ["rslave"] = "propagation",
    };

    private static readonly string[] Valued = ["size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol"];

    /// <summary>Docker's defaults with the given comma-separated options merged in.</summary>
    /// <exception cref="EngineException">An option does not exist.</exception>
    public static IReadOnlyList<string> Merge(string options)
    {
        var all = options.Length > 0 ? [.. Defaults, .. options.Split(',')] : Defaults;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<string>(all.Length);
        foreach (var option in Enumerable.Reverse(all))
        {
            if (option is not "defaults" && seen.Add(KindOf(option))) kept.Add(option);
        }

        kept.Reverse();
        return kept;
    }

    private static string KindOf(string option)
    {
        if (Kinds.TryGetValue(option, out var kind)) return kind;
        var parts = option.Split('=', 2);
        return parts.Length == 2 && Valued.Contains(parts[0])
            ? parts[0] + "="
            : throw new EngineException(ErrorKind.Internal, $"invalid tmpfs option \"{parts[0]}\"");
    }
}
