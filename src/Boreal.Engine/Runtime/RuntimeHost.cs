using System.Globalization;
using System.Runtime.InteropServices;
using Boreal.Engine.Runtime.Security;

namespace Boreal.Engine.Runtime;

/// <summary>What bundles depend on of the machine they are written for. Read once.</summary>
public sealed record RuntimeHost
{
    private const string AppArmorProfiles = "/sys/kernel/security/apparmor/profiles";

    /// <summary>Major and minor version of the kernel.</summary>
    public required Version Kernel { get; init; }

    /// <summary>Docker's name of the architecture, for example <c>amd64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>What a privileged container gets.</summary>
    public required Capabilities Capabilities { get; init; }

    public required bool Seccomp { get; init; }

    public bool AppArmor { get; init; }

    /// <summary>The AppArmor profile of containers that name none; null where it is not loaded.</summary>
    public string? DefaultAppArmorProfile { get; init; }

    /// <summary>Network sysctls of every container with a network namespace of its own, where the kernel has them.</summary>
    public required IReadOnlyDictionary<string, string> NetworkSysctls { get; init; }

    /// <summary>mount_setattr(2) exists, so read-only binds can cover their submounts.</summary>
    public bool RecursiveReadonly => Kernel >= new Version(5, 12);

    public static RuntimeHost Detect()
    {
        var version = Environment.OSVersion.Version;
        var status = File.ReadAllText("/proc/self/status");
        return new RuntimeHost
        {
            Kernel = new Version(version.Major, version.Minor),
            Architecture = NameOf(RuntimeInformation.ProcessArchitecture),
            Capabilities = new Capabilities(ulong.Parse(Field(status, "CapBnd:") ?? "0", NumberStyles.HexNumber) & Capabilities.Known.Bits),
            Seccomp = Field(status, "Seccomp:") is not null,
            AppArmor = File.Exists(AppArmorProfiles),
            DefaultAppArmorProfile = LoadedAppArmorProfile(AppArmorProfiles),
            NetworkSysctls = ExistingSysctls(),
        };
    }

    private static string NameOf(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64le",
        System.Runtime.InteropServices.Architecture.S390x => "s390x",
        System.Runtime.InteropServices.Architecture.RiscV64 => "riscv64",
        System.Runtime.InteropServices.Architecture.LoongArch64 => "loong64",
        _ => architecture.ToString().ToLowerInvariant(),
    };

    private static string? Field(string status, string name)
    {
        var line = status.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[name.Length..].Trim();
    }

    private static string? LoadedAppArmorProfile(string profiles)
    {
        const string name = "docker-default";
        return File.Exists(profiles) && File.ReadLines(profiles).Any(line => line.StartsWith(name + " ", StringComparison.Ordinal)) ? name : null;
    }

    private static Dictionary<string, string> ExistingSysctls()
    {
        var wanted = new Dictionary<string, string>
        {
            // Ping without NET_RAW, and ports below 1024 without NET_BIND_SERVICE.
            ["net.ipv4.ping_group_range"] = "0 2147483647",
            ["net.ipv4.ip_unprivileged_port_start"] = "0",
        };
        return wanted.Where(sysctl => File.Exists($"/proc/sys/{sysctl.Key.Replace('.', '/')}")).ToDictionary();
    }
}
