using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.ShimWire;

namespace Boreal.Shim.Containers;

/// <summary>How a container's first process ended.</summary>
internal readonly record struct ExitRecord(int Code, long Nanoseconds, bool OutOfMemory)
{
    /// <summary>Writes it, in one go; a torn one is told by its missing newline. Returns it open, to be settled.</summary>
    internal FileDescriptor? Save(string path)
    {
        FileDescriptor? file = null;
        try
        {
            file = FileDescriptor.Open(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180);
            file.WriteAll(Encoding.ASCII.GetBytes(ExitRecordFile.Format(Code, Nanoseconds, OutOfMemory)));
        }
        catch (LinuxException)
        {
            // A full or vanished disk: the connected engine still gets the record from us.
        }

        return file;
    }

    /// <summary>Brings a saved record to the disk.</summary>
    internal static void Settle(FileDescriptor? file)
    {
        try
        {
            file?.Sync();
        }
        catch (LinuxException)
        {
            // As in Save.
        }
    }
}
