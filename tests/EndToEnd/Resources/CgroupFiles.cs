namespace Boreal.Tests.EndToEnd.Resources;

/// <summary>A process's own cgroup, read without the engine: v1, hybrid or v2.</summary>
internal sealed class CgroupFiles(int pid)
{
    private readonly string[] _lines = File.ReadAllLines($"/proc/{pid}/cgroup");

    private static bool IsV2 => File.Exists("/sys/fs/cgroup/cgroup.controllers");

    public ulong MemoryUsage => IsV2
        ? Number("", "memory.current") - Stat("", "memory.stat", "inactive_file")
        : Number("memory", "memory.usage_in_bytes") - Stat("memory", "memory.stat", "total_inactive_file");

    public ulong CpuNanoseconds => IsV2 ? Stat("", "cpu.stat", "usage_usec") * 1000 : Number("cpuacct", "cpuacct.usage");

    private string PathOf(string controller, string name)
    {
        var line = _lines.First(line => IsV2 ? line.StartsWith("0::", StringComparison.Ordinal) : line.Split(':')[1].Split(',').Contains(controller));
        return $"/sys/fs/cgroup/{(IsV2 ? "" : controller + "/")}{line.Split(':', 3)[2].TrimStart('/')}/{name}";
    }

    private ulong Number(string controller, string name) => ulong.Parse(File.ReadAllText(PathOf(controller, name)));

    private ulong Stat(string controller, string name, string key) =>
        ulong.Parse(File.ReadLines(PathOf(controller, name)).First(line => line.StartsWith(key + " ", StringComparison.Ordinal)).Split(' ')[1]);
}
