using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.TestKit.Machine;

/// <summary>What is mounted below a directory, as this process sees it.</summary>
public static class Mounts
{
    public static IReadOnlyList<string> Below(string directory) =>
        [.. File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4]).Where(path => path.StartsWith(directory + "/", StringComparison.Ordinal))];

    /// <summary>Detaches all of it, innermost first.</summary>
    public static async Task DetachAsync(string directory)
    {
        foreach (var mount in Below(directory).Reverse()) await Command.Of("/bin/umount", "-l", mount).RunAsync();
    }
}
