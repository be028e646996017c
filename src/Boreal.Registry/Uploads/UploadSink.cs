using System.Buffers;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Registry.Uploads;

/// <summary>
/// Brings a body to an upload's file without copying it: a portion is written here while the one before is hashed on another
/// thread. The reader keeps both until they are done with.
/// </summary>
internal sealed class UploadSink(SafeFileHandle file, ContentHash? hash, long offset, Action<long> advanced)
{
    // Below this, handing a portion to another thread costs more than it saves.
    private const int Portion = 512 << 10;

    private Task _hashing = Task.CompletedTask;
    private ReadOnlySequence<byte> _waiting;
    private long _offset = offset;
    private SequencePosition? _read;

    /// <summary>Takes the whole body. However it ends, all that came is in the file and in the hash.</summary>
    /// <exception cref="RegistryException">There is more of it than the limit allows.</exception>
    public async Task TakeAsync(PatientReader body, long limit)
    {
        try
        {
            await ReadAsync(body, limit);
        }
        catch
        {
            await _hashing;
            Take(_waiting);
            throw;
        }
        finally
        {
            await _hashing;
            // The server reads the rest away before the client, still sending, can hear why.
            if (_read is { } end) body.AdvanceTo(end);
        }
    }

    private async Task ReadAsync(PatientReader body, long limit)
    {
        var hashed = 0L;
        while (true)
        {
            var read = await body.ReadAsync();
            _read = read.Buffer.End;
            _waiting = read.Buffer.Slice(hashed);
            if (_offset + _waiting.Length > limit)
            {
                _waiting = default;
                throw new RegistryException(RegistryErrorCode.SizeInvalid, $"the upload may have {limit} bytes at most", 413);
            }
            if (!read.IsCompleted && _waiting.Length < Portion)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                _read = null;
                continue;
            }
            var portion = _waiting;
            _waiting = default;
            if (read.IsCompleted)
            {
                await _hashing;
                Take(portion);
                body.AdvanceTo(read.Buffer.End);
                _read = null;
                return;
            }
            Write(portion);
            await _hashing;
            hashed = portion.Length;
            _hashing = hash is null ? Task.CompletedTask : Task.Run(() => Hash(portion), CancellationToken.None);
            body.AdvanceTo(portion.Start, read.Buffer.End);
            _read = null;
        }
    }

    private void Take(ReadOnlySequence<byte> portion)
    {
        Write(portion);
        Hash(portion);
    }

    private void Write(ReadOnlySequence<byte> portion)
    {
        foreach (var part in portion)
        {
            RandomAccess.Write(file, part.Span, _offset);
            _offset += part.Length;
        }
        advanced(_offset);
    }

    private void Hash(ReadOnlySequence<byte> portion)
    {
        foreach (var part in portion)
            hash?.Append(part.Span);
    }
}
