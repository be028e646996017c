using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Syscalls;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Logs;

/// <summary>The current log file and its older generations (.1 is the newest of them). Whole batches or nothing: a reader never meets half a line of a full disk.</summary>
internal sealed class RotatingFile
{
    private const uint FileMode = 0x1a0; // rw-r-----

    private readonly LogMessage _target;
    private readonly Func<FileDescriptor, long> _repair;
    private FileDescriptor? _file;
    private long _size;

    internal RotatingFile(LogMessage target, Func<FileDescriptor, long> repair)
    {
        _target = target;
        _repair = repair;
        TryOpen();
    }

    internal bool IsFullWith(int more) => _target.MaxBytes > 0 && _size + more >= _target.MaxBytes;

    internal void Append(ReadOnlySpan<byte> batch)
    {
        if (IsFullWith(0)) Rotate();
        if (_file is null && !TryOpen()) return;
        var written = 0;
        while (written < batch.Length)
        {
            // TryOpen has set it.
            var count = _file?.TryWrite(batch[written..]) ?? 0;
            if (count <= 0)
            {
                CutBack();
                return;
            }

            written += count;
        }

        _size += written;
    }

    internal void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private void CutBack()
    {
        try
        {
            _file?.Truncate(_size);
        }
        catch (LinuxException)
        {
            // Not even that: the next opening repairs the end.
            Close();
        }
    }

    private void Rotate()
    {
        Close();
        var oldest = _target.MaxFiles - 1;
        if (oldest <= 0)
        {
            // A new file, not an emptied one: who still reads the old one can finish it.
            Paths.Unlink(_target.Path);
        }

        for (var generation = oldest; generation >= 1; generation--)
            _ = Paths.TryRename(generation == 1 ? _target.Path : $"{_target.Path}.{generation - 1}", $"{_target.Path}.{generation}", out _);
        TryOpen();
    }

    private bool TryOpen()
    {
        _file = FileDescriptor.TryOpen(_target.Path, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Append, FileMode, out _);
        if (_file is null) return false;
        try
        {
            _size = _repair(_file);
            return true;
        }
        catch (LinuxException)
        {
            // Unreadable or full: logging goes on with the next line that can be written.
            Close();
            return false;
        }
    }
}
