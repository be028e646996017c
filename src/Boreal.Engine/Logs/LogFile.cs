using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Logs;

/// <summary>One generation of a log, open and read record by record. Renaming it does not matter.</summary>
internal sealed class LogFile : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly FileDescriptor _file;
    private readonly ILogFormat _format;
    private byte[] _buffer = new byte[ChunkBytes];
    private int _start;
    private int _end;
    private long _position;

    private LogFile(FileDescriptor file, ILogFormat format)
    {
        (_file, _format) = (file, format);
        Identity = StatAt.Get(file).Inode;
    }

    /// <summary>Which file it is, under whatever name.</summary>
    internal ulong Identity { get; }

    internal long Length => _file.SeekEnd();

    internal static LogFile? TryOpen(string path, ILogFormat format) =>
        FileDescriptor.TryOpen(path, OpenFlags.ReadOnly, 0, out _) is { } file ? new LogFile(file, format) : null;

    internal int ReadAt(Span<byte> buffer, long position) => _file.ReadAt(buffer, position);

    /// <summary>Reading starts before the last so many records; returns how many there were.</summary>
    internal long SkipToLast(long records)
    {
        if (records == 0)
        {
            _position = Length;
            return 0;
        }

        (_position, var count) = _format.SkipBack(this, records);
        return count;
    }

    /// <summary>The next whole entry; null when there is none (yet). Records that cannot be read are passed over.</summary>
    internal LogEntry? Next()
    {
        while (true)
        {
            var length = _format.MeasureRecord(_buffer.AsSpan(_start, _end - _start));
            if (length < 0) return null;
            if (length == 0)
            {
                if (!Fill()) return null;
                continue;
            }

            var entry = _format.Parse(_buffer.AsSpan(_start, length));
            _start += length;
            if (entry is not null) return entry;
        }
    }

    public void Dispose() => _file.Dispose();

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = _file.ReadAt(_buffer.AsSpan(_end), _position);
        _position += count;
        _end += count;
        return count > 0;
    }
}
