using System.Text;
using Boreal.Linux.Syscalls;

namespace Boreal.Shim.Containers;

/// <summary>Whether the kernel killed for lack of memory in a control group, on cgroup v1 and v2.</summary>
internal static class MemoryEvents
{
    private const string Tree = "/sys/fs/cgroup";

    /// <summary>The group's file that counts kills; null when it cannot be found.</summary>
    internal static string? FindCounter(string cgroupPath, int processId)
    {
        var v1 = Exists($"{Tree}/memory/memory.oom_control");
        var group = cgroupPath.Length > 0 ? cgroupPath : Lookup(processId, v1 ? "memory" : "");
        if (group is null) return null;
        return v1 ? $"{Tree}/memory/{group.TrimStart('/')}/memory.oom_control" : $"{Tree}/{group.TrimStart('/')}/memory.events";
    }

    internal static bool HasKilled(string? counter)
    {
        if (counter is null || Paths.TryReadSmall(counter) is not { } content) return false;
        foreach (var line in Encoding.ASCII.GetString(content).Split('\n'))
            if (line.StartsWith("oom_kill ", StringComparison.Ordinal)) return line != "oom_kill 0";
        return false;
    }

    private static bool Exists(string path) => Paths.TryReadSmall(path, 1) is not null;

    private static string? Lookup(int processId, string controller)
    {
        if (Paths.TryReadSmall($"/proc/{processId}/cgroup") is not { } content) return null;
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n'))
        {
            var fields = line.Split(':', 3);
            if (fields.Length == 3 && Array.IndexOf(fields[1].Split(','), controller) >= 0) return fields[2];
        }

        return null;
    }
}
