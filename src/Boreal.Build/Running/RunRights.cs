using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Solving;
using Boreal.Engine.Transfers;
using Boreal.Oci.Images;

namespace Boreal.Build.Running;

/// <summary>Whether a program may and can run here. Asked of all of a plan before any of it is done.</summary>
internal static class RunRights
{
    private const string InsecureEntitlement = "security.insecure";
    private const string HostEntitlement = "network.host";
    private const string Emulators = "/proc/sys/fs/binfmt_misc";

    /// <exception cref="BuildException">It may not, or the machine cannot.</exception>
    public static void Check(RunOperation operation, SolveScope scope)
    {
        if (operation.IsInsecure && !scope.Entitlements.Contains(InsecureEntitlement))
            throw Refused(operation, $"{InsecureEntitlement} is not allowed", scope);
        if (operation.Network is RunNetwork.Host && !scope.Entitlements.Contains(HostEntitlement))
            throw Refused(operation, $"{HostEntitlement} is not allowed", scope);
        if (operation.Devices.FirstOrDefault(device => !device.IsOptional) is { } device)
            throw Refused(operation, $"device {device.Name}: devices are not supported", scope);
        if (EmulatorOf(operation.Platform) is { } emulator && !File.Exists(Path.Combine(Emulators, emulator)))
            throw Refused(operation, $"{operation.Platform} does not run on this machine: install an emulator for it (packages qemu-user-static and binfmt-support), which becomes {Emulators}/{emulator}", scope);
    }

    /// <summary>Null for what the machine runs by itself.</summary>
    private static string? EmulatorOf(BuildPlatform platform)
    {
        var wanted = new Platform { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant.Length > 0 ? platform.Variant : null };
        if (PlatformChoice.Runs(wanted, PlatformChoice.Host) || (platform.Architecture == "386" && PlatformChoice.Host.Architecture == "amd64"))
            return null;
        return "qemu-" + platform.Architecture switch
        {
            "arm64" => "aarch64",
            "amd64" => "x86_64",
            "386" => "i386",
            "mips64le" => "mips64el",
            "loong64" => "loongarch64",
            var name => name,
        };
    }

    private static BuildException Refused(RunOperation operation, string reason, SolveScope scope) =>
        new($"failed to load LLB: {reason}") { Excerpt = scope.Failure(operation, reason).Excerpt };
}
