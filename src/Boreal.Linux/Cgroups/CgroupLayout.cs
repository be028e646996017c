using System.Collections.Frozen;

namespace Boreal.Linux.Cgroups;

/// <summary>Where this machine mounts its control groups. Hierarchies may be mounted one per controller or several together.</summary>
public sealed class CgroupLayout
{
    private readonly FrozenDictionary<string, string> _hierarchies;

    public CgroupLayout(CgroupVersion version, string? unified, IReadOnlyDictionary<string, string> hierarchies)
    {
        Version = version;
        Unified = unified;
        _hierarchies = hierarchies.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public CgroupVersion Version { get; }

    /// <summary>Mount point of the unified tree; null on plain version 1.</summary>
    public string? Unified { get; }

    /// <summary>True if limits are set through version 1 files.</summary>
    public bool UsesV1Limits => Version is not CgroupVersion.V2;

    /// <summary>Mount points of version 1 hierarchies by controller, named ones as <c>name=systemd</c>.</summary>
    public IReadOnlyDictionary<string, string> Hierarchies => _hierarchies;

    /// <summary>Reads the mounts of this process.</summary>
    public static CgroupLayout Detect(string mountInfoPath = "/proc/self/mountinfo") =>
        Parse(File.ReadAllText(mountInfoPath));

    /// <summary>Understands the text of <c>/proc/PID/mountinfo</c>, see proc_pid_mountinfo(5).</summary>
    public static CgroupLayout Parse(ReadOnlySpan<char> mountInfo)
    {
        var hierarchies = new Dictionary<string, string>(StringComparer.Ordinal);
        string? unified = null;
        foreach (var line in mountInfo.EnumerateLines())
        {
            var separator = line.IndexOf(" - ");
            if (separator < 0) continue;
            var type = Field(line[(separator + 3)..], 0);
            if (type is "cgroup2") unified ??= Unescape(Field(line, 4));
            if (type is not "cgroup") continue;
            var mountPoint = Unescape(Field(line, 4));
            var options = Field(line[(separator + 3)..], 2).ToString();
            foreach (var option in options.Split(','))
            {
                if (option is not ("rw" or "ro" or "xattr" or "noprefix" or "clone_children") && !option.StartsWith("release_agent=", StringComparison.Ordinal))
                    hierarchies.TryAdd(option, mountPoint);
            }
        }

        var version = unified is null ? CgroupVersion.V1 : hierarchies.Keys.Any(IsController) ? CgroupVersion.Hybrid : CgroupVersion.V2;
        return new CgroupLayout(version, unified, hierarchies);
    }

    /// <summary>The directory of a group in a version 1 controller's hierarchy; null if that controller is not mounted.</summary>
    public string? DirectoryV1(string controller, string group) =>
        _hierarchies.TryGetValue(controller, out var mount) ? Join(mount, group) : null;

    /// <summary>The directory of a group in the unified tree; null if there is none.</summary>
    public string? DirectoryV2(string group) => Unified is null ? null : Join(Unified, group);

    private static bool IsController(string name) => !name.StartsWith("name=", StringComparison.Ordinal);

    private static string Join(string mount, string group) => $"{mount.TrimEnd('/')}/{group.Trim('/')}";

    private static ReadOnlySpan<char> Field(ReadOnlySpan<char> line, int index)
    {
        for (; index > 0; index--)
        {
            var space = line.IndexOf(' ');
            if (space < 0) return [];
            line = line[(space + 1)..];
        }

        var end = line.IndexOf(' ');
        return end < 0 ? line : line[..end];
    }

    /// <summary>The kernel writes space, tab, newline and backslash as three octal digits.</summary>
    private static string Unescape(ReadOnlySpan<char> path) =>
        path.ToString().Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\");
}
