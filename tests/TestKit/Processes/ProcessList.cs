namespace Boreal.Tests.TestKit.Processes;

/// <summary>The machine's processes by their command lines.</summary>
public static class ProcessList
{
    /// <summary>Every process whose command line (arguments joined by spaces) holds all of the given texts.</summary>
    public static IReadOnlyList<(int Pid, string CommandLine)> Find(params string[] texts)
    {
        var found = new List<(int, string)>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid) || pid == Environment.ProcessId) continue;
            var line = CommandLine(pid);
            if (line.Length > 0 && texts.All(text => line.Contains(text, StringComparison.Ordinal))) found.Add((pid, line));
        }
        return found;
    }

    /// <summary>A process's command line; empty when there is no such process, or only its zombie.</summary>
    public static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return ""; // It ended.
        }
    }

    public static Task SignalAsync(int pid, string signal) => Command.Of("/bin/kill", "-" + signal, $"{pid}").RunAsync();
}
