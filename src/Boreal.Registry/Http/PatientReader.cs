using System.IO.Pipelines;
using Boreal.Registry.Errors;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Http;

/// <summary>
/// Reads a request's body, and gives up on a client that sends nothing for too long. The server's own limit is an average,
/// which who has sent much can rest on for hours.
/// </summary>
internal sealed class PatientReader(PipeReader body, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stalled = new(Timeout.InfiniteTimeSpan, clock);

    /// <exception cref="RegistryException">The client was silent for too long.</exception>
    public async ValueTask<ReadResult> ReadAsync()
    {
        var reading = body.ReadAsync(cancellationToken);
        if (reading.IsCompleted)
            return Checked(await reading);
        _stalled.CancelAfter(patience);
        using (_stalled.Token.UnsafeRegister(static pipe => (pipe as PipeReader)?.CancelPendingRead(), body))
        {
            var read = await reading;
            _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
            return Checked(read);
        }
    }

    public void AdvanceTo(SequencePosition consumed, SequencePosition examined) => body.AdvanceTo(consumed, examined);

    public void AdvanceTo(SequencePosition consumed) => body.AdvanceTo(consumed);

    public void Dispose() => _stalled.Dispose();

    private ReadResult Checked(ReadResult read)
    {
        if (!read.IsCanceled)
            return read;
        // The reading is over, what has come stays where it is.
        body.AdvanceTo(read.Buffer.Start);
        throw _stalled.IsCancellationRequested
            ? new RegistryException(RegistryErrorCode.BlobUploadInvalid, "nothing was sent for too long", StatusCodes.Status408RequestTimeout)
            : new OperationCanceledException("the server gave up on the body");
    }
}
