using Boreal.Engine.Archives;
using Boreal.Engine.Errors;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Layers;

/// <summary>
/// Takes a layer's stream in once: decompression, hashing and unpacking run side by side on threads of their own, joined
/// by bounded pipes. Several intakes may run at the same time.
/// </summary>
internal sealed class LayerIntake : IDisposable
{
    // gzip can't shrink further than 1032:1; more than this is a bomb.
    private const long LargestExpansion = 1100;
    private const long SmallestBomb = 256L << 20;
    private const string DiffIdAlgorithm = "sha256";

    private readonly LayerDraft _draft;
    private readonly long _largest;
    private readonly ChunkPipe _source;
    private readonly ChunkPipe _plain;
    private readonly Task<Digest> _sourceHash;
    private readonly Task<(Digest Digest, long Length)> _plainHash;
    private readonly Task<long> _unpack;
    private readonly Task _decompress;
    private long _received;

    /// <summary>
    /// <paramref name="algorithm"/> is that of the digest wanted of the stream as it comes in; <paramref name="largest"/> the
    /// most bytes that the uncompressed tar may have, where the caller knows better.
    /// </summary>
    public LayerIntake(LayerDraft draft, Compression compression, string algorithm = DiffIdAlgorithm, long largest = long.MaxValue)
    {
        (_draft, _largest) = (draft, largest);
        var plainDigestServes = compression is Compression.None && algorithm == DiffIdAlgorithm;
        if (compression is Compression.None)
        {
            _source = _plain = new ChunkPipe(plainDigestServes ? 2 : 3);
            _decompress = Task.CompletedTask;
        }
        else
        {
            _source = new ChunkPipe(2);
            _plain = new ChunkPipe(2);
            _decompress = OnThread(() => Decompress(compression));
        }

        _plainHash = OnThread(() => Hash(DiffIdAlgorithm, _plain.Readers[0]));
        _unpack = OnThread(Unpack);
        _sourceHash = plainDigestServes ? PlainDigestAsync() : OnThread(() => Hash(algorithm, _source.Readers[^1]).Digest);
    }

    /// <summary>More of the stream, from a worker thread; blocks while the stages are busy.</summary>
    public void Write(ReadOnlySpan<byte> data)
    {
        Interlocked.Add(ref _received, data.Length);
        _source.Write(data);
    }

    /// <summary>The whole rest of the stream.</summary>
    public Task FillAsync(Stream source, CancellationToken cancellationToken) =>
        _source.FillAsync(new CountingStream(source, count => Interlocked.Add(ref _received, count)), cancellationToken);

    /// <summary>The stream has ended: waits for the stages. Throws what the first failing one threw.</summary>
    public async Task<LayerContent> CompleteAsync()
    {
        _source.Complete();
        await EndedAsync();
        if (Failure is { } failure)
            throw failure;

        var (diffId, length) = await _plainHash;
        return new LayerContent { DiffId = diffId, SourceDigest = await _sourceHash, TarSize = length, Size = await _unpack };
    }

    /// <summary>Why the intake failed, once it has.</summary>
    public Exception? Failure => _plain.Failure ?? _source.Failure;

    /// <summary>All stages have ended, well or not: the draft is no longer written to.</summary>
    public Task EndedAsync() =>
        Task.WhenAll(_decompress, _plainHash, _unpack, _sourceHash)
            .ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Gives up; the stages end soon. Await <see cref="EndedAsync"/> before throwing the draft away.</summary>
    public void Abort(Exception reason)
    {
        _source.Fail(reason);
        _plain.Fail(reason);
    }

    public void Dispose()
    {
        _source.Dispose();
        _plain.Dispose();
    }

    private async Task<Digest> PlainDigestAsync() => (await _plainHash).Digest;

    private static Task<T> OnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private int Decompress(Compression compression)
    {
        try
        {
            using var input = ArchiveStream.Open(compression, _source.Readers[0]);
            long total = 0;
            int count;
            while ((count = input.Read(_plain.Room())) > 0)
            {
                total += count;
                if (total > _largest || (total > SmallestBomb && total / LargestExpansion > Interlocked.Read(ref _received)))
                    throw new EngineException(ErrorKind.Invalid, $"the layer's {Interlocked.Read(ref _received)} bytes expand to more than {total - count}, refusing it as a decompression bomb");
                _plain.Advance(count);
            }

            _source.Readers[0].CopyTo(Stream.Null);
            _plain.Complete();
            return 0;
        }
        catch (Exception exception)
        {
            Abort(Unwrap(exception));
            throw;
        }
    }

    private (Digest Digest, long Length) Hash(string algorithm, Stream input)
    {
        try
        {
            using var hash = new HashingStream(Stream.Null, algorithm);
            input.CopyTo(hash);
            return (hash.Complete(), hash.Written);
        }
        catch (Exception exception)
        {
            Abort(Unwrap(exception));
            throw;
        }
    }

    private long Unpack()
    {
        try
        {
            using var root = FileDescriptor.Open(_draft.Tree, OpenAt.DirectoryOnly);
            using var recipe = new RecipeWriter(_draft.Folder);
            var rules = new TreeRules { Whiteouts = true, Discard = recipe.MoveAway, PayloadAt = recipe.Payload };
            using var extractor = new TreeExtractor(root, rules);
            var reader = new TarReader(_plain.Readers[1], recipe);
            while (reader.Next() is { } entry)
            {
                var path = TreePath.Clean(entry.Name.Span)
                    ?? throw new EngineException(ErrorKind.Invalid, $"\"{PathText.Decode(entry.Name.Span)}\" is outside of the layer's root");
                extractor.Apply(entry, path, reader);
            }

            reader.Drain();
            extractor.Finish();
            recipe.Complete();
            return extractor.Replaced ? TreeSize.Measure(root) : extractor.Bytes;
        }
        catch (Exception exception)
        {
            Abort(Unwrap(exception));
            throw;
        }
    }

    // A stage broken by another's failure reports that failure, not the broken pipe.
    private static Exception Unwrap(Exception exception) => exception is IOException { InnerException: { } reason } ? reason : exception;

    private sealed class CountingStream(Stream inner, Action<int> counted) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            counted(count);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
