using System.Globalization;

namespace Boreal.Engine.Runtime.Measuring;

/// <summary>Reads the table of network interfaces of a process' network namespace, see proc_pid_net(5).</summary>
public static class InterfaceCounters
{
    /// <summary>Counters by name, without the loopback. Empty once the process is gone.</summary>
    public static IReadOnlyDictionary<string, InterfaceStats> Read(string path)
    {
        try
        {
            return Parse(File.ReadLines(path));
        }
        catch (IOException)
        {
            return new Dictionary<string, InterfaceStats>();
        }
    }

    public static IReadOnlyDictionary<string, InterfaceStats> Parse(IEnumerable<string> lines)
    {
        var interfaces = new Dictionary<string, InterfaceStats>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var colon = line.LastIndexOf(':');
            if (colon < 0) continue;
            var name = line[..colon].Trim();
            var counters = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // Eight columns of what was received, eight of what was sent.
            if (name is "lo" || counters.Length < 16) continue;
            ulong At(int column) => ulong.Parse(counters[column], CultureInfo.InvariantCulture);
            interfaces[name] = new InterfaceStats
            {
                RxBytes = At(0),
                RxPackets = At(1),
                RxErrors = At(2),
                RxDropped = At(3),
                TxBytes = At(8),
                TxPackets = At(9),
                TxErrors = At(10),
                TxDropped = At(11),
            };
        }

        return interfaces;
    }
}
