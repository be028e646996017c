using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Boreal.Oci.Content;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;

namespace Boreal.Registry.Uploads;

/// <summary>
/// A blob that is on its way: a file that grows, and the hash of what is in it. One request at a time writes; a later one
/// takes over from an earlier one, whose connection may be dead without anybody having noticed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "a SemaphoreSlim whose wait handle is never asked for owns nothing")]
internal sealed class Upload
{
    private const string DataName = "data";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _writers = new();
    // Null for an upload that a former process began: its bytes are read again at the end, as after a failure of the disk.
    private readonly ContentHash? _hash;
    private readonly TimeProvider _clock;
    private CancellationTokenSource? _writer;
    private long _length;
    private long _lastUsed;
    private bool _isOver;

    /// <summary>An upload that begins, or goes on with the bytes that are there.</summary>
    public Upload(UploadRecord record, string folder, TimeProvider clock)
    {
        Repository = RepositoryName.Parse(record.Repository);
        Folder = folder;
        _clock = clock;
        var data = new FileInfo(DataPath);
        _length = data.Exists ? data.Length : 0;
        _hash = _length == 0 ? new ContentHash(record.Algorithm) : null;
        _lastUsed = data.Exists ? new DateTimeOffset(data.LastWriteTimeUtc).UtcTicks : clock.GetUtcNow().UtcTicks;
    }

    public string Id => Path.GetFileName(Folder);

    public RepositoryName Repository { get; }

    public string Folder { get; }

    public string DataPath => Path.Combine(Folder, DataName);

    /// <summary>When something was last done with it.</summary>
    public DateTimeOffset LastUsed => new(Interlocked.Read(ref _lastUsed), TimeSpan.Zero);

    /// <summary>Bytes that are there.</summary>
    public long Length => Interlocked.Read(ref _length);

    /// <summary>Becomes the one that writes; dispose the claim afterwards.</summary>
    /// <exception cref="RegistryException">The upload has ended meanwhile.</exception>
    public async Task<UploadClaim> ClaimAsync(CancellationToken cancellationToken) =>
        await TryClaimAsync(cancellationToken) ?? throw RegistryException.UploadUnknown(Id);

    /// <summary>As <see cref="ClaimAsync"/>, null when the upload has ended meanwhile.</summary>
    public async Task<UploadClaim?> TryClaimAsync(CancellationToken cancellationToken)
    {
        var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_writers)
        {
            _writer?.Cancel();
            _writer = mine;
        }
        try
        {
            await _gate.WaitAsync(mine.Token);
        }
        catch
        {
            Release(mine);
            throw;
        }
        var claim = new UploadClaim(
            () =>
            {
                _gate.Release();
                Release(mine);
            },
            mine.Token);
        Interlocked.Exchange(ref _lastUsed, _clock.GetUtcNow().UtcTicks);
        if (!_isOver)
            return claim;
        claim.Dispose();
        return null;
    }

    /// <summary>Appends a request's body, as it comes. What has come stays when the connection is cut.</summary>
    public async Task AppendAsync(PatientReader body, long limit)
    {
        using var file = File.OpenHandle(DataPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        await new UploadSink(file, _hash, Length, Advance).TakeAsync(body, limit);
    }

    /// <summary>The digest of all that has come, by the algorithm asked for.</summary>
    public async Task<Digest> DigestAsync(DigestAlgorithm wanted, CancellationToken cancellationToken)
    {
        if (_hash is { } hash && hash.Algorithm == wanted && hash.Length == _length)
            return hash.Current();
        using var again = new ContentHash(wanted);
        using var file = File.OpenHandle(DataPath, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            for (long offset = 0; offset < _length;)
            {
                var count = await RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);
                if (count == 0)
                    throw new EndOfStreamException($"{DataPath} has become shorter");
                again.Append(buffer.AsSpan(0, count));
                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return again.Current();
    }

    /// <summary>Also nothing is a blob.</summary>
    public void EnsureFile() => File.OpenHandle(DataPath, FileMode.OpenOrCreate, FileAccess.Write).Dispose();

    /// <summary>Nobody writes any more, also those who wait to.</summary>
    public void End()
    {
        _isOver = true;
        _hash?.Dispose();
    }

    private void Advance(long length)
    {
        Interlocked.Exchange(ref _length, length);
        Interlocked.Exchange(ref _lastUsed, _clock.GetUtcNow().UtcTicks);
    }

    private void Release(CancellationTokenSource mine)
    {
        lock (_writers)
        {
            if (_writer == mine)
                _writer = null;
            mine.Dispose();
        }
    }
}
