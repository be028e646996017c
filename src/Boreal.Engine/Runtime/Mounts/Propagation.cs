using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Mounts;

/// <summary>Propagation of binds, see mount_namespaces(7).</summary>
internal static class Propagation
{
    public static bool IsShared(string propagation) => propagation is "shared" or "rshared";

    public static bool IsSlave(string propagation) => propagation is "slave" or "rslave";

    /// <summary>A source can only propagate if the mount it lies on does.</summary>
    public static void Check(string source, string propagation, string mountInfoPath = "/proc/self/mountinfo")
    {
        if (!IsShared(propagation) && !IsSlave(propagation)) return;
        var (mountPoint, tags) = MountOf(Resolve(source), File.ReadLines(mountInfoPath));
        var shared = tags.Contains("shared:", StringComparison.Ordinal);
        if (IsShared(propagation) && !shared)
            throw new EngineException(ErrorKind.Internal, $"path {source} is mounted on {mountPoint} but it is not a shared mount");
        if (IsSlave(propagation) && !shared && !tags.Contains("master:", StringComparison.Ordinal))
            throw new EngineException(ErrorKind.Internal, $"path {source} is mounted on {mountPoint} but it is not a shared or slave mount");
    }

    private static string Resolve(string path) =>
        (Directory.Exists(path) ? Directory.ResolveLinkTarget(path, returnFinalTarget: true) : File.ResolveLinkTarget(path, returnFinalTarget: true))?.FullName ?? path;

    /// <summary>The last of the deepest mounts above a path, with its optional fields.</summary>
    private static (string MountPoint, string Tags) MountOf(string path, IEnumerable<string> mountInfo)
    {
        var best = (MountPoint: "", Tags: "");
        foreach (var line in mountInfo)
        {
            var fields = line.Split(' ');
            var separator = Array.IndexOf(fields, "-");
            if (separator < 6) continue;
            var mountPoint = fields[4].Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\");
            var covers = mountPoint == "/" || path == mountPoint || path.StartsWith(mountPoint + "/", StringComparison.Ordinal);
            if (covers && mountPoint.Length >= best.MountPoint.Length) best = (mountPoint, string.Join(' ', fields[6..separator]));
        }

        return best;
    }
}
