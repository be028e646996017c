using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare;

/// <summary>What /proc says about processes and their memory.</summary>
internal static class ProcessTree
{
    public static IReadOnlyList<int> ChildrenOf(int pid) =>
        [.. Directory.GetDirectories($"/proc/{pid}/task")
            .SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse)];

    /// <summary>Resident memory in MB.</summary>
    public static double ResidentMegabytes(int pid) => Kilobytes($"/proc/{pid}/status", "VmRSS:") / 1024;

    /// <summary>Proportional memory in MB of the processes that serve one of these containers, the containers' own left out.</summary>
    public static double ServantMegabytes(IReadOnlyList<string> containerIds)
    {
        var prefixes = containerIds.Select(id => id[..12]).ToHashSet(StringComparer.Ordinal);
        return ProcessList.Find()
            .Where(process => prefixes.Any(prefix => process.CommandLine.Contains(prefix, StringComparison.Ordinal)))
            .Sum(process => Kilobytes($"/proc/{process.Pid}/smaps_rollup", "Pss:") / 1024);
    }

    private static double Kilobytes(string path, string key) =>
        File.ReadLines(path).Where(line => line.StartsWith(key, StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]))
            .FirstOrDefault();
}
