namespace Boreal.Engine.Runtime.Security;

/// <summary>The parts of /proc and /sys that containers do not see, or see read-only, unless they ask otherwise.</summary>
public static class SystemPaths
{
    public static IReadOnlyList<string> Masked { get; } =
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug",
        "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware", .. ThermalThrottle("/sys"),
    ];

    public static IReadOnlyList<string> Readonly { get; } = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <summary>Counters from which code in a container can infer what its neighbours compute.</summary>
    private static IEnumerable<string> ThermalThrottle(string sysfs)
    {
        var cpus = $"{sysfs}/devices/system/cpu";
        if (!Directory.Exists(cpus)) return [];
        return Directory.EnumerateDirectories(cpus, "cpu*").Select(cpu => $"{cpu}/thermal_throttle").Where(Directory.Exists).Order(StringComparer.Ordinal);
    }
}
