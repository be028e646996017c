namespace Boreal.Engine.Layers;

/// <summary>
/// A bounded pipe from one writer to several readers that all see every byte, without copying per reader. The writer
/// waits for the slowest; when any side fails, all fail with its reason.
/// </summary>
internal sealed class ChunkPipe : IDisposable
{
    private const int ChunkBytes = 256 * 1024;
    private const int Chunks = 16;

    private readonly SemaphoreSlim _free = new(Chunks);
    private readonly CancellationTokenSource _failed = new();
    private readonly Stack<byte[]> _pool = new();
    private readonly ChunkReader[] _readers;
    private Exception? _failure;
    private Chunk? _current;

    public ChunkPipe(int readers)
    {
        _readers = new ChunkReader[readers];
        for (var i = 0; i < readers; i++)
            _readers[i] = new ChunkReader(this);
    }

    public IReadOnlyList<Stream> Readers => _readers;

    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Copies data in, blocking while the pipe is full. For a worker thread.</summary>
    public void Write(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var room = Room();
            var count = Math.Min(data.Length, room.Length);
            data[..count].CopyTo(room);
            Advance(count);
            data = data[count..];
        }
    }

    /// <summary>Where the next bytes go, at least one; blocks while the pipe is full. <see cref="Advance"/> says how many came.</summary>
    public Span<byte> Room()
    {
        if (_current is null)
        {
            Wait();
            _current = Rent();
        }

        return _current.Buffer.AsSpan(_current.Length);
    }

    public void Advance(int count)
    {
        // Only called after Room, which leaves a chunk.
        _current!.Length += count;
        if (_current.Length == ChunkBytes)
            Flush();
    }

    /// <summary>Fills the pipe from a stream to its end.</summary>
    public async Task FillAsync(Stream source, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _failed.Token);
        try
        {
            while (true)
            {
                if (_current is null)
                {
                    await _free.WaitAsync(either.Token);
                    _current = Rent();
                }

                var count = await source.ReadAsync(_current.Buffer.AsMemory(_current.Length), either.Token);
                if (count == 0)
                    return;
                _current.Length += count;
                if (_current.Length == ChunkBytes)
                    Flush();
            }
        }
        catch (OperationCanceledException) when (Failure is { } failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    /// <summary>No more will come.</summary>
    public void Complete()
    {
        if (_current is not null)
            Flush();
        foreach (var reader in _readers)
            reader.Add(null);
    }

    /// <summary>
    /// Fills the pipe from a stream while <paramref name="work"/> reads it, blocking, on a thread of its own. The work's
    /// failure is the one reported; what it leaves unread is read and forgotten.
    /// </summary>
    public async Task RunAsync(Stream source, Action<Stream> work, CancellationToken cancellationToken)
    {
        var working = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    work(_readers[0]);
                    _readers[0].CopyTo(Stream.Null);
                }
                catch (Exception exception)
                {
                    Fail(exception is IOException { InnerException: { } reason } ? reason : exception);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await FillAsync(source, cancellationToken);
            Complete();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        await working;
        if (Failure is { } failure)
            throw failure;
    }

    /// <summary>Breaks the pipe for all sides; the first reason counts.</summary>
    public void Fail(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _failure, reason, null) is not null)
            return;
        _failed.Cancel();
        foreach (var reader in _readers)
            reader.Wake();
    }

    public void Dispose()
    {
        _free.Dispose();
        _failed.Dispose();
    }

    private void Wait()
    {
        try
        {
            _free.Wait(_failed.Token);
        }
        catch (OperationCanceledException) when (Failure is { } failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private Chunk Rent()
    {
        lock (_pool)
            return new Chunk(_pool.TryPop(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(ChunkBytes), _readers.Length);
    }

    private void Flush()
    {
        // Only called with a chunk in hand.
        var chunk = _current!;
        _current = null;
        foreach (var reader in _readers)
            reader.Add(chunk);
    }

    private void Return(Chunk chunk)
    {
        if (Interlocked.Decrement(ref chunk.Users) > 0)
            return;
        lock (_pool)
            _pool.Push(chunk.Buffer);
        _free.Release();
    }

    private sealed class Chunk(byte[] buffer, int users)
    {
        public readonly byte[] Buffer = buffer;
        public int Length;
        public int Users = users;
    }

    private sealed class ChunkReader(ChunkPipe pipe) : Stream
    {
        private readonly Queue<Chunk?> _queue = new();
        private Chunk? _chunk;
        private int _position;
        private bool _ended;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Add(Chunk? chunk)
        {
            lock (_queue)
            {
                _queue.Enqueue(chunk);
                Monitor.Pulse(_queue);
            }
        }

        public void Wake()
        {
            lock (_queue)
                Monitor.PulseAll(_queue);
        }

        public override int Read(Span<byte> buffer)
        {
            if (_chunk is null && !Take())
                return 0;
            // Take leaves a chunk unless the stream has ended.
            var chunk = _chunk!;
            var count = Math.Min(buffer.Length, chunk.Length - _position);
            chunk.Buffer.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            if (_position == chunk.Length)
            {
                _chunk = null;
                pipe.Return(chunk);
            }

            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        // Without a copy in between.
        public override void CopyTo(Stream destination, int bufferSize)
        {
            while (_chunk is not null || Take())
            {
                // Take leaves a chunk unless the stream has ended.
                var chunk = _chunk!;
                destination.Write(chunk.Buffer.AsSpan(_position, chunk.Length - _position));
                _chunk = null;
                pipe.Return(chunk);
            }
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private bool Take()
        {
            if (_ended)
                return false;
            lock (_queue)
            {
                while (_queue.Count == 0 && pipe.Failure is null)
                    Monitor.Wait(_queue);
                if (pipe.Failure is { } failure)
                    throw new IOException(failure.Message, failure);
                _chunk = _queue.Dequeue();
            }

            _position = 0;
            _ended = _chunk is null;
            return !_ended;
        }
    }
}
