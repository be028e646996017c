using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Syscalls;
using Boreal.ShimWire;

namespace Boreal.Shim.Containers;

/// <summary>How a container's first process ended.</summary>
internal readonly record struct ExitRecord(int Code, long Nanoseconds, bool OutOfMemory)
{
    /// <summary>Writes it beside its place, to the disk, and only then under its name.</summary>
    internal void Save(string path)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var file = FileDescriptor.Open(temporary, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180))
            {
                file.WriteAll(Encoding.ASCII.GetBytes(ExitRecordFile.Format(Code, Nanoseconds, OutOfMemory)));
                file.Sync();
            }

            Paths.Rename(temporary, path);
        }
        catch (LinuxException)
        {
            // A full or vanished disk: the connected engine still gets the record from us.
        }
    }
}
