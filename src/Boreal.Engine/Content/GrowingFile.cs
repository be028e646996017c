namespace Boreal.Engine.Content;

/// <summary>Tells readers of a file that is still being written how far it is.</summary>
internal sealed class GrowingFile(string path)
{
    private string _path = path;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private long _length;
    private bool _ended;
    private Exception? _failure;

    public void SetLength(long length) => Change(() => _length = length);

    public void End() => Change(() => _ended = true);

    public void Fail(Exception failure) => Change(() => _failure ??= failure);

    /// <summary>Gives the file another name.</summary>
    public void Move(string path)
    {
        lock (_lock)
        {
            File.Move(_path, path, overwrite: true);
            _path = path;
        }
    }

    /// <summary>The file from its start to its end, waiting for what is not there yet.</summary>
    public Stream Open()
    {
        lock (_lock)
            return new Reader(this, new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            (changed, _changed) = (_changed, New());
        }

        changed.SetResult();
    }

    // Bytes there are after the position; 0 at the end.
    private async ValueTask<long> WaitAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_failure is { } failure)
                    throw new IOException(failure.Message, failure);
                if (_length > position || _ended)
                    return _length - position;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private sealed class Reader(GrowingFile file, FileStream content) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => content.Position; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var there = await file.WaitAsync(content.Position, cancellationToken);
            return there == 0 ? 0 : await content.ReadAsync(buffer[..(int)Math.Min(buffer.Length, there)], cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                content.Dispose();
            base.Dispose(disposing);
        }
    }
}
