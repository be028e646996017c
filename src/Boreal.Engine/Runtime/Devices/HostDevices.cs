using System.Runtime.InteropServices;
using Boreal.Engine.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Runtime.Devices;

/// <summary>Finds device nodes of the host.</summary>
internal static class HostDevices
{
    private static readonly string[] SkippedDirectories = ["pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev"];

    /// <summary>Every block and character device below /dev: what a privileged container sees.</summary>
    public static IEnumerable<DeviceEntry> All(string directory = "/dev")
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory))
        {
            if (Find(path) is { } device)
            {
                if (device.Node.Kind is 'c' or 'b' && Path.GetFileName(path) is not "console") yield return device;
                continue;
            }

            if (!IsRealDirectory(path) || SkippedDirectories.Contains(Path.GetFileName(path))) continue;
            foreach (var below in All(path)) yield return below;
        }
    }

    /// <summary>The devices of one <c>--device</c>: a node, or every node below a directory.</summary>
    /// <exception cref="EngineException">There is none, in Docker's words.</exception>
    public static IReadOnlyList<DeviceEntry> At(string pathOnHost, string pathInContainer)
    {
        var errno = DeviceNode.TryRead(pathOnHost, followLinks: true, out var node);
        if (errno != 0) throw Missing(pathOnHost, Marshal.GetPInvokeErrorMessage(errno).ToLowerInvariant());
        if (node.Kind is not '\0') return [new DeviceEntry(pathInContainer, node)];
        if (!Directory.Exists(pathOnHost)) throw Missing(pathOnHost, "not a device node");
        var root = Directory.ResolveLinkTarget(pathOnHost, returnFinalTarget: true)?.FullName ?? pathOnHost;
        var found = Below(root).Select(device => device with { Path = pathInContainer + device.Path[root.Length..] }).ToList();
        return found.Count > 0 ? found : throw Missing(pathOnHost, "not a device node");
    }

    /// <summary>The node's numbers for a limit on a block device.</summary>
    public static DeviceNode BlockDevice(string path)
    {
        var errno = DeviceNode.TryRead(path, followLinks: true, out var node);
        return errno == 0 ? node : throw new EngineException(ErrorKind.Internal, $"stat {path}: {Marshal.GetPInvokeErrorMessage(errno).ToLowerInvariant()}");
    }

    private static IEnumerable<DeviceEntry> Below(string directory)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory))
        {
            if (Find(path) is { } device) yield return device;
            else if (IsRealDirectory(path))
            {
                foreach (var below in Below(path)) yield return below;
            }
        }
    }

    private static DeviceEntry? Find(string path) =>
        DeviceNode.TryRead(path, followLinks: false, out var node) == 0 && node.Kind is not '\0' ? new DeviceEntry(path, node) : null;

    private static bool IsRealDirectory(string path) =>
        new DirectoryInfo(path) is { Exists: true, LinkTarget: null };

    private static EngineException Missing(string path, string reason) =>
        new(ErrorKind.Internal, $"error gathering device information while adding custom device \"{path}\": {reason}");
}
