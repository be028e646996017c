using System.Globalization;
using Boreal.Engine.Containers;

namespace Boreal.Daemon.Apps;

/// <summary>Who has a port of the host: a container, or by the kernel's tables a program. Only looked for when somebody asks why.</summary>
internal sealed class PortHolder(ContainerRegistry containers, string proc = "/proc")
{
    private const int LocalAddress = 1;
    private const int State = 3;
    private const int Inode = 9;
    private const string Listening = "0A";

    /// <summary>A container's name, or a program's with its id; null when nobody has the port, or it cannot be seen.</summary>
    public string? Find(string protocol, ushort port)
    {
        foreach (var container in containers.List())
        {
            if (container.Status is { HasProcess: true, Network: { } network } && network.Ports.Any(bound => bound.HostPort == port && bound.ContainerPort.Protocol == protocol))
                return container.Spec.Name;
        }
        var sockets = new[] { protocol, protocol + "6" }.SelectMany(table => SocketsAt(Path.Combine(proc, "net", table), protocol, port)).ToHashSet(StringComparer.Ordinal);
        return sockets.Count == 0 ? null : Directory.EnumerateDirectories(proc).Select(process => NameOf(process, sockets)).FirstOrDefault(name => name is not null);
    }

    private static IEnumerable<string> SocketsAt(string table, string protocol, ushort port)
    {
        if (!File.Exists(table))
            yield break;
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > Inode && fields[LocalAddress].EndsWith(suffix, StringComparison.Ordinal) && (protocol is not "tcp" || fields[State] is Listening))
                yield return $"socket:[{fields[Inode]}]";
        }
    }

    private static string? NameOf(string process, HashSet<string> sockets)
    {
        if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
            return null;
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(descriptor => File.ResolveLinkTarget(descriptor, returnFinalTarget: false) is { Name: var name } && sockets.Contains(name))
                ? $"{File.ReadAllText(Path.Combine(process, "comm")).Trim()} (process {id})"
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is not ours to see.
            return null;
        }
    }
}
