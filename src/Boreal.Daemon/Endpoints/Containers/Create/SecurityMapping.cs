using Boreal.Engine.Containers.Spec;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Privileges of a request.</summary>
internal static class SecurityMapping
{
    public static SecuritySpec ToSpec(Wire.HostConfig host) => new()
    {
        Privileged = host.Privileged,
        CapAdd = host.CapAdd,
        CapDrop = host.CapDrop,
        SecurityOptions = Options(host),
        MaskedPaths = host.MaskedPaths,
        ReadonlyPaths = host.ReadonlyPaths,
        Devices = host.Devices?.Select(device => new DeviceMapping(device.PathOnHost, device.PathInContainer, device.CgroupPermissions)).ToList(),
        DeviceCgroupRules = host.DeviceCgroupRules,
        Sysctls = host.Sysctls,
    };

    // Docker says so whether or not SELinux is there.
    private static IReadOnlyList<string>? Options(Wire.HostConfig host)
    {
        var isUnconfined = host.Privileged || host.IpcMode is "host" || host.PidMode is "host";
        var given = host.SecurityOpt ?? [];
        return isUnconfined && !given.Any(option => option.StartsWith("label", StringComparison.Ordinal)) ? [.. given, "label=disable"] : host.SecurityOpt;
    }
}
