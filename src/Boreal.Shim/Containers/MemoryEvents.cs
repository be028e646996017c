using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;
using Boreal.Linux.Syscalls;

namespace Boreal.Shim.Containers;

/// <summary>Whether the kernel killed for lack of memory in a control group, on cgroup v1 and v2.</summary>
internal static class MemoryEvents
{
    private const string Tree = "/sys/fs/cgroup";
    private const string V1Counter = "memory.oom_control";

    /// <summary>The group's file that counts kills; null when it cannot be found.</summary>
    internal static string? FindCounter(string cgroupPath, int processId)
    {
        var v1 = Exists($"{Tree}/memory/memory.oom_control");
        var group = cgroupPath.Length > 0 ? cgroupPath : Lookup(processId, v1 ? "memory" : "");
        if (group is null) return null;
        return v1 ? $"{Tree}/memory/{group.TrimStart('/')}/memory.oom_control" : $"{Tree}/{group.TrimStart('/')}/memory.events";
    }

    internal static bool HasKilled(string? counter) => counter is not null && Kills(counter) > 0;

    internal static long Kills(string counter)
    {
        const string field = "oom_kill ";
        if (Paths.TryReadSmall(counter) is not { } content) return 0;
        foreach (var line in Encoding.ASCII.GetString(content).Split('\n'))
            if (line.StartsWith(field, StringComparison.Ordinal) && long.TryParse(line[field.Length..], out var kills)) return kills;
        return 0;
    }

    internal static bool TellsBeforeKill(string counter) => counter.EndsWith(V1Counter, StringComparison.Ordinal) && Exists(counter);

    /// <summary>What becomes readable when the group runs out of memory; null where that cannot be watched.</summary>
    internal static FileDescriptor? Watch(string? counter)
    {
        if (counter is null) return null;
        try
        {
            return counter.EndsWith(V1Counter, StringComparison.Ordinal) ? WatchV1(counter) : WatchV2(counter);
        }
        catch (LinuxException)
        {
            // The group is gone already, or watching is not allowed: the exit still tells of a kill.
            return null;
        }
    }

    private static FileDescriptor WatchV1(string counter)
    {
        var notice = EventFd.Create();
        using var watched = FileDescriptor.Open(counter, OpenFlags.ReadOnly);
        using var control = FileDescriptor.Open($"{counter[..^V1Counter.Length]}cgroup.event_control", OpenFlags.WriteOnly);
        control.WriteAll(Encoding.ASCII.GetBytes($"{notice.Number} {watched.Number}"));
        return notice;
    }

    private static FileDescriptor WatchV2(string counter)
    {
        var inotify = new Inotify();
        inotify.Descriptor.SetNonBlocking(true);
        inotify.Watch(counter, InotifyEvents.Modified);
        return inotify.Descriptor;
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
