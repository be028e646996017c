namespace Boreal.Engine.Layers;

/// <summary>The kernel's name for the time since it started: page cache survives within it.</summary>
public static class BootId
{
    public static string Current { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
