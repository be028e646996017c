using System.Globalization;
using System.Runtime.InteropServices;
using Boreal.Engine.Runtime;
using Boreal.Linux.Cgroups;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>What the machine says about itself, read once: it does not change while we run.</summary>
internal sealed class Machine(CgroupLayout cgroups, KernelFeatures features, RuntimeHost host)
{
    private static readonly string[] ReleaseFiles = ["/etc/os-release", "/usr/lib/os-release"];

    private readonly Dictionary<string, string> _release = ReadRelease();

    public string Kernel { get; } = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    public string OperatingSystem => _release.GetValueOrDefault("PRETTY_NAME", "Linux");

    public string OperatingSystemVersion => _release.GetValueOrDefault("VERSION_ID", "");

    public CgroupLayout Cgroups { get; } = cgroups;

    public KernelFeatures Features { get; } = features;

    public RuntimeHost Host { get; } = host;

    public long Memory { get; } = ReadMemory();

    /// <summary>As the kernel names it.</summary>
    public string Architecture { get; } = RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "aarch64" : "x86_64";

    /// <summary>As Go names it.</summary>
    public string GoArchitecture { get; } = RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    private static Dictionary<string, string> ReadRelease()
    {
        var path = ReleaseFiles.FirstOrDefault(File.Exists);
        var lines = path is null ? [] : File.ReadLines(path);
        return lines
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1].Trim().Trim('"', '\''));
    }

    private static long ReadMemory()
    {
        foreach (var line in File.ReadLines("/proc/meminfo"))
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal))
                return long.Parse(line.AsSpan(9).Trim().TrimEnd("kB ").ToString(), CultureInfo.InvariantCulture) * 1024;
        }
        return 0;
    }
}
