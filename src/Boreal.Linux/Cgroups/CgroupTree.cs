using System.Globalization;

namespace Boreal.Linux.Cgroups;

/// <summary>What both versions have in common: directories of directories, each listing its processes.</summary>
public static class CgroupTree
{
    /// <summary>Process ids of a group and of all groups below it.</summary>
    public static IReadOnlyList<int> Processes(string directory)
    {
        var found = new List<int>();
        Collect(directory, found);
        return found;
    }

    /// <summary>Removes a group and those below it; false while processes or their remains keep it busy.</summary>
    public static bool TryRemove(string directory)
    {
        if (!Directory.Exists(directory)) return true;
        try
        {
            var empty = true;
            foreach (var child in Directory.EnumerateDirectories(directory)) empty &= TryRemove(child);
            if (!empty) return false;
            Directory.Delete(directory, recursive: false);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Collect(string directory, List<int> found)
    {
        foreach (var line in CgroupFile.Text($"{directory}/cgroup.procs").AsSpan().EnumerateLines())
        {
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0) found.Add(pid);
        }

        if (!Directory.Exists(directory)) return;
        foreach (var child in Directory.EnumerateDirectories(directory)) Collect(child, found);
    }
}
