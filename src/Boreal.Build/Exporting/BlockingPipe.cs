using System.IO.Pipelines;

namespace Boreal.Build.Exporting;

/// <summary>What blocks while it writes, into a stream that does not block.</summary>
internal static class BlockingPipe
{
    public static async Task RunAsync(Action<Stream> write, Stream target, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var writing = Task.Run(
            async () =>
            {
                Exception? failure = null;
                try
                {
                    await using var output = pipe.Writer.AsStream(leaveOpen: true);
                    write(output);
                }
                catch (Exception exception)
                {
                    failure = exception;
                    throw;
                }
                finally
                {
                    await pipe.Writer.CompleteAsync(failure);
                }
            },
            CancellationToken.None);
        try
        {
            await pipe.Reader.CopyToAsync(target, cancellationToken);
        }
        finally
        {
            // Who still writes then fails instead of waiting for room.
            await pipe.Reader.CompleteAsync();
            await writing.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
