using System.Runtime.ExceptionServices;
using Boreal.Oci.Content;
using Boreal.Registry.Blobs;
using Boreal.Registry.Storage;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Registry.Proxying;

/// <summary>
/// A blob on its way from the upstream: a file that grows while any number of readers follow. The last byte is not shown
/// before the whole has its digest, so that nobody takes for whole what is not.
/// </summary>
internal sealed class BlobFill(Digest digest, long size, string path)
{
    private const int BufferSize = 256 << 10;

    private readonly Lock _changing = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _failure;
    private long _shown;
    private bool _isWhole;

    public long Size => size;

    public string Path => path;

    /// <summary>(1) Everything arrives in the file, (2) has its digest, (3) is on the disk, (4) is handed over, (5) and shown to the end.</summary>
    public async Task RunAsync(Func<Stream> open, Action<string> handOver, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = open();
            using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
            {
                using var hash = new ContentHash(ContentHash.AlgorithmOf(digest));
                await CopyAsync(source, file, hash, cancellationToken);                                  // (1)
                var actual = hash.Current();
                if (actual != digest)                                                                    // (2)
                    throw new InvalidDataException($"the upstream sent {actual} for {digest}");
                await Durable.FileAsync(file);                                                           // (3)
            }
            handOver(path);                                                                              // (4)
            Show(size, isWhole: true);                                                                   // (5)
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>The bytes that may be read, once they are more than <paramref name="offset"/> or all there are.</summary>
    public async ValueTask<long> WaitBeyondAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_changing)
            {
                if (_shown > offset || _isWhole)
                    return _shown;
                _failure?.Throw();
                moved = _moved.Task;
            }
            await moved.WaitAsync(cancellationToken);
        }
    }

    private async Task CopyAsync(Stream source, SafeFileHandle file, ContentHash hash, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        long offset = 0;
        while (true)
        {
            var count = await source.ReadAtLeastAsync(buffer, buffer.Length / 4, throwOnEndOfStream: false, cancellationToken);
            if (count == 0)
                break;
            await RandomAccess.WriteAsync(file, buffer.AsMemory(0, count), offset, cancellationToken);
            hash.Append(buffer.AsSpan(0, count));
            offset += count;
            Show(Math.Min(offset, size - 1), isWhole: false);
        }
        if (offset != size)
            throw new EndOfStreamException($"the upstream sent {offset} of {size} bytes of {digest}");
    }

    private void Show(long bytes, bool isWhole)
    {
        lock (_changing)
        {
            (_shown, _isWhole) = (bytes, isWhole);
            Wake();
        }
    }

    private void Fail(Exception failure)
    {
        lock (_changing)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
            Wake();
        }
    }

    private void Wake()
    {
        _moved.SetResult();
        _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
