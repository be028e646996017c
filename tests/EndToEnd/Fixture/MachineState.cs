using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Fixture;

/// <summary>What the kernel and the disk hold for one engine, as sorted lines: two states are compared to find leaks.</summary>
public sealed class MachineState
{
    private const int SpareLinks = 4;
    private const int SpareNamespaces = 10;

    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);

    private MachineState()
    {
    }

    public static async Task<MachineState> CaptureAsync(EngineRoots roots)
    {
        var state = new MachineState();
        var netns = Path.Combine(roots.Exec, "netns") + "/";
        var mounts = Mounts.Below(roots.Directory);
        state.Add("mount", mounts.Where(path => !path.StartsWith(netns, StringComparison.Ordinal)));
        state.Add("netns", [.. Beyond(SpareNamespaces, mounts.Where(path => path.StartsWith(netns, StringComparison.Ordinal)))]);
        state.Add("link", [.. Beyond(SpareLinks, Entries($"/sys/class/net/{roots.Name}/brif"))]);
        state.Add("cgroup", Cgroups(roots.Name));
        state.Add("process", Processes(roots.Directory));
        state.Add("container", Entries(Path.Combine(roots.Data, "containers")));
        state.Add("snapshot", Entries(Path.Combine(roots.Data, "snapshots")));
        state.Add("volume", Entries(Path.Combine(roots.Data, "volumes")));
        state.Add("removed volume", Entries(Path.Combine(roots.Data, "volumes", ".removed")));
        state.Add("bundle", Entries(Path.Combine(roots.Exec, "containers")));
        state.Add("runtime", Entries(Path.Combine(roots.Exec, "crun")));
        state.Add("socket", Entries(Path.Combine(roots.Exec, "s")));
        state.Add("nft", (await Command.Shell("nft list ruleset 2>/dev/null || true").OutputAsync()).Split('\n').Where(line => line.Contains(roots.Name, StringComparison.Ordinal)));
        return state;
    }

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Fails unless everything that is not in <paramref name="before"/> soon goes: teardown ends a moment after its answer.</summary>
    public static async Task AssertNothingNewAsync(EngineRoots roots, MachineState before, TimeSpan? within = null)
    {
        IReadOnlyList<string> leaks = [];
        try
        {
            await Eventually.HoldsAsync(async () => (leaks = (await CaptureAsync(roots)).NotIn(before)).Count == 0, "nothing is left", within);
        }
        catch (TimeoutException)
        {
            Assert.Fail(string.Join('\n', leaks.Prepend("left behind:")));
        }
    }

    /// <summary>Lines that are here and were not in <paramref name="before"/>.</summary>
    public IReadOnlyList<string> NotIn(MachineState before) => [.. _lines.Except(before._lines)];

    // What the engine keeps ready for the next container may be there; what is more than that belongs to one.
    private static IEnumerable<string> Beyond(int spare, IEnumerable<string> found) =>
        Enumerable.Range(1, Math.Max(0, found.Count() - spare)).Select(number => $"{number} more than is kept ready");

    private static IEnumerable<string> Cgroups(string name) =>
        Directory.GetDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup")
            .Select(controller => Path.Combine(controller, name))
            .Where(Directory.Exists)
            .SelectMany(parent => Directory.GetDirectories(parent, "*", SearchOption.AllDirectories));

    private static IEnumerable<string> Processes(string directory) =>
        ProcessList.Find(directory).Select(process => process.CommandLine).Where(line => !line.Contains("boreald", StringComparison.Ordinal));

    private static string[] Entries(string folder) =>
        Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];

    private void Add(string kind, IEnumerable<string> found)
    {
        foreach (var line in found) _lines.Add($"{kind} {line}");
    }
}
