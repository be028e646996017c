using System.Net;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Oci.Distribution.Uploads;

/// <summary>
/// Brings one blob into a repository: (1) look whether it is there, (2) mount it from a neighbour, (3) upload it. A cut upload
/// goes on from what the registry has; one the registry forgot begins anew.
/// </summary>
internal sealed class BlobUpload(UploadProtocol protocol, BlobSource source, RetryRules retries)
{
    private const int MostMounts = 3;

    // One request less for configs and other small things.
    private const int SentAtOnce = 64 * 1024;

    // What a registry has acknowledged can't be lost with the connection: on a bad line the parts get small, and grow again.
    private const int CarefulPart = 256 * 1024;
    private const int SmallestCarefulPart = 32 * 1024;

    private UploadSession? _session;
    private long _furthest;
    private int _failures;
    private long _part = long.MaxValue;
    private bool _wasResumed;

    public async Task<BlobUploadResult> RunAsync(IReadOnlyList<string> mountFrom, CancellationToken cancellationToken)
    {
        var digest = source.Blob.Digest;
        if (await protocol.IsThereAsync(digest, cancellationToken))
            return new BlobUploadResult(BlobUploadOutcome.AlreadyThere);
        foreach (var neighbour in mountFrom.Take(MostMounts))
        {
            if (await MountsAsync(neighbour, cancellationToken))
                return new BlobUploadResult(BlobUploadOutcome.Mounted, neighbour);
        }

        while (!await SendsAsync(cancellationToken))
            _wasResumed = true;
        return new BlobUploadResult(BlobUploadOutcome.Uploaded);
    }

    private async Task<bool> MountsAsync(string neighbour, CancellationToken cancellationToken)
    {
        try
        {
            if (_session is { } unused)
                await protocol.CancelAsync(unused, cancellationToken);
            _session = await protocol.MountAsync(source.Blob.Digest, neighbour, cancellationToken);
            return _session is null;
        }
        catch (DistributionException exception) when (!exception.IsUnreachable)
        {
            // A neighbour we may not read, or a registry that can't mount: it is uploaded.
            _session = null;
            return false;
        }
    }

    // False when it has to go on after a cut.
    private async Task<bool> SendsAsync(CancellationToken cancellationToken)
    {
        try
        {
            _session ??= await protocol.BeginAsync(cancellationToken);
            if (source.Blob.Size > SentAtOnce)
            {
                while (_session.Received < source.Blob.Size)
                {
                    _session = Moved(await protocol.SendAsync(_session, source, _part, cancellationToken));
                    _part = _part > long.MaxValue / 4 ? long.MaxValue : _part * 4;
                }
            }
            await protocol.CloseAsync(_session, source, cancellationToken);
            return true;
        }
        catch (Exception exception) when (source.Failure is { } failure && exception is not OperationCanceledException)
        {
            throw new IOException($"{source.Blob.Digest} can't be read for the upload: {failure.Message}", failure);
        }
        catch (DistributionException exception) when (IsWorthAnotherTry(exception))
        {
            return await RecoverAsync(exception, cancellationToken);
        }
    }

    private UploadSession Moved(UploadSession session) => session.Received > (_session?.Received ?? 0)
        ? session
        : throw new DistributionException(DistributionErrorKind.Invalid, $"the registry took bytes of {source.Blob.Digest} but kept none");

    private bool IsWorthAnotherTry(DistributionException exception) => exception.Kind switch
    {
        DistributionErrorKind.Unavailable => true,
        DistributionErrorKind.TooManyRequests => exception.RetryAfter is { } wait && wait <= protocol.Options.LongestRetryAfter,
        // Bytes of the broken connection may have been written after the registry told how far it had got.
        DistributionErrorKind.DigestMismatch => _wasResumed,
        _ => exception.Status == (int)HttpStatusCode.RequestedRangeNotSatisfiable || exception.Code == "BLOB_UPLOAD_UNKNOWN",
    };

    // True when the blob turns out to be there: only the answer was lost.
    private async Task<bool> RecoverAsync(DistributionException failure, CancellationToken cancellationToken)
    {
        _failures++;
        if (_failures >= protocol.Options.Attempts)
            throw new DistributionException(failure.Kind, failure.Message, failure) { Code = failure.Code, Status = failure.Status, RetryAfter = failure.RetryAfter, RateLimit = failure.RateLimit };
        await Task.Delay(failure.RetryAfter ?? retries.BackOff(_failures), protocol.Clock, cancellationToken);
        try
        {
            var known = _session is null || failure.Kind == DistributionErrorKind.DigestMismatch ? null : await protocol.LookAsync(_session, cancellationToken);
            if (known is null && await protocol.IsThereAsync(source.Blob.Digest, cancellationToken))
                return true;
            // Of none and of one byte registries say the same.
            _session = known is { Received: > 0 } ? known : null;
            if (_session?.Received > _furthest)
                (_furthest, _failures) = (_session.Received, 0);
            else
                _part = Math.Max(SmallestCarefulPart, CarefulPart >> (_failures - 1));
        }
        catch (DistributionException exception) when (IsWorthAnotherTry(exception))
        {
            return await RecoverAsync(exception, cancellationToken);
        }
        return false;
    }
}
