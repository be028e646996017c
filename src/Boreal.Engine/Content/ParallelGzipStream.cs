using System.Buffers.Binary;

namespace Boreal.Engine.Content;

/// <summary>
/// Compresses what is written to it on all cores: blocks of their own, joined to one gzip member that any reader takes. The
/// same content always gives the same bytes, on however many cores.
/// </summary>
internal sealed class ParallelGzipStream : Stream
{
    // ID1 ID2 CM FLG MTIME(4) XFL OS: no name and no time, so that the bytes depend on the content alone (RFC 1952).
    private static readonly byte[] Head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

    // A last, empty block of fixed codes (RFC 1951).
    private static readonly byte[] LastBlock = [0x03, 0x00];

    private readonly Stream _target;
    private readonly int _most;
    private readonly Queue<Task<GzipBlock>> _running = new();
    private readonly Stack<GzipBlock> _free = new();
    private GzipBlock? _current;
    private uint _checksum;
    private long _length;

    public ParallelGzipStream(Stream target, int cores)
    {
        (_target, _most) = (target, cores * 2);
        target.Write(Head);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            _current ??= Rent();
            buffer = buffer[_current.Take(buffer)..];
            if (_current.IsFull)
                Send();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Ends the member; without this it is not valid.</summary>
    public void Complete()
    {
        if (_current is not null)
            Send();
        while (_running.Count > 0)
            Receive();
        Span<byte> end = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(end, _checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(end[4..], (uint)_length);
        _target.Write(LastBlock);
        _target.Write(end);
        _target.Flush();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var block in _free)
                block.Dispose();
        }

        base.Dispose(disposing);
    }

    private GzipBlock Rent()
    {
        if (_running.Count >= _most)
            Receive();
        return _free.TryPop(out var block) ? block : new GzipBlock();
    }

    private void Send()
    {
        // Only called with a block in hand.
        var block = _current!;
        _current = null;
        _running.Enqueue(Task.Run(block.Compress));
    }

    private void Receive()
    {
        var block = _running.Dequeue().GetAwaiter().GetResult();
        _target.Write(block.Compressed);
        _checksum = _length == 0 ? block.Checksum : Crc32.Combine(_checksum, block.Checksum, block.Length);
        _length += block.Length;
        block.Clear();
        _free.Push(block);
    }
}
