using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Namespace modes: which exist, defaults, and names of other containers made ids.</summary>
internal static class NamespaceMapping
{
    private const string Container = "container:";

    public static void Check(Wire.HostConfig host, string hostname)
    {
        if (host.IpcMode is not ("" or "private" or "host" or "shareable" or "none") && !host.IpcMode.StartsWith(Container, StringComparison.Ordinal))
            throw Invalid($"invalid IPC mode: {host.IpcMode}");
        if (host.PidMode is not ("" or "host") && !IsContainer(host.PidMode))
            throw Invalid($"invalid PID mode: {host.PidMode}");
        if (host.UTSMode is not ("" or "host"))
            throw Invalid($"invalid UTS mode: {host.UTSMode}");
        if (host.UTSMode is "host" && hostname is not "")
            throw Invalid("conflicting options: hostname and the UTS mode");
        if (host.CgroupnsMode is not ("" or "private" or "host"))
            throw Invalid($"invalid cgroup namespace mode: {host.CgroupnsMode}");
        if (host.UsernsMode is not ("" or "host"))
            throw Invalid($"invalid user namespace mode: {host.UsernsMode}");
    }

    public static NamespaceSpec ToSpec(Wire.HostConfig host, CreateContext context) => new()
    {
        Ipc = Resolve(host.IpcMode is "" ? "private" : host.IpcMode, context),
        Pid = Resolve(host.PidMode, context),
        Uts = host.UTSMode,
        Cgroup = host.CgroupnsMode is not "" ? host.CgroupnsMode : context.UsesCgroupV1 ? "host" : "private",
        User = host.UsernsMode,
    };

    private static bool IsContainer(string mode) => mode.Length > Container.Length && mode.StartsWith(Container, StringComparison.Ordinal);

    private static string Resolve(string mode, CreateContext context) =>
        mode.StartsWith(Container, StringComparison.Ordinal) ? Container + context.RequireContainer(mode[Container.Length..]).Id : mode;

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
