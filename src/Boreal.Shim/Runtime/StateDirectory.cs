using Boreal.Linux.Descriptors;
using Boreal.Linux.Processes;
using Boreal.Linux.Syscalls;
using System.Text;
using Boreal.ShimWire;

namespace Boreal.Shim.Runtime;

/// <summary>The shim's own directory, and short ways to sockets in it (a socket's path has 107 bytes at most).</summary>
internal sealed class StateDirectory
{
    private readonly string _path;
    private readonly FileDescriptor _descriptor;

    internal StateDirectory(string path)
    {
        _path = path;
        _descriptor = FileDescriptor.Open(path, OpenFlags.PathOnly);
    }

    internal string PathOf(string name) => $"{_path}/{name}";

    internal string ShortPathOf(string name) => $"{_descriptor.ProcPath(Environment.ProcessId)}/{name}";

    internal void Remove(string name) => Paths.Unlink(PathOf(name));

    /// <summary>Records a process so that it can be told from a later one with its number.</summary>
    internal void RecordProcess(string name, int processId)
    {
        using var file = FileDescriptor.Open(PathOf(name), OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180);
        file.WriteAll(Encoding.ASCII.GetBytes($"{processId} {ProcessStartTime.Of(processId) ?? 0}\n"));
    }

    internal int? ReadNumber(string name) =>
        Paths.TryReadSmall(PathOf(name)) is { } content && int.TryParse(Encoding.ASCII.GetString(content).Trim(), out var number) ? number : null;
}
