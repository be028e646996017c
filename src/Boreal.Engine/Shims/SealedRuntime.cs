using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Shims;

/// <summary>
/// A copy of crun that nobody can change. crun makes one of itself at every call, lest a container overwrites the binary on
/// the host (CVE-2019-5736), and starts anew from it; called from such a copy it does not. All shims share ours.
/// </summary>
internal sealed class SealedRuntime
{
    private readonly Lock _copying = new();
    private (string Path, FileStatus Status, FileDescriptor Copy)? _current;

    /// <summary>The copy of what the path is now; null where this kernel lets no memory file be executed.</summary>
    public FileDescriptor? TryGet(string path)
    {
        lock (_copying)
        {
            using var binary = FileDescriptor.TryOpen(path, OpenFlags.ReadOnly, 0, out _);
            if (binary is null) return null;
            var status = StatAt.Get(binary);
            if (_current is { } current && current.Path == path && current.Status == status) return current.Copy;
            try
            {
                var copy = MemoryFile.CreateExecutable("crun");
                Copy(binary, copy);
                copy.Seal();
                // A replaced copy is closed by its finalizer: a shim may be about to get it.
                _current = (path, status, copy);
                return copy;
            }
            catch (LinuxException)
            {
                return null;
            }
        }
    }

    private static void Copy(FileDescriptor from, FileDescriptor to)
    {
        var buffer = new byte[128 * 1024];
        for (long position = 0; ;)
        {
            var count = from.ReadAt(buffer, position);
            if (count == 0) return;
            to.WriteAll(buffer.AsSpan(0, count));
            position += count;
        }
    }
}
