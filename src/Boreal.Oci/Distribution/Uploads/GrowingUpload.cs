using Boreal.Oci.Content;

namespace Boreal.Oci.Distribution.Uploads;

/// <summary>Uploads a blob while it is made: one session, one stream, closed with the digest that is known at the end.</summary>
internal sealed class GrowingUpload(UploadProtocol protocol)
{
    /// <summary>False when the registry or the connection failed half way: the blob, once whole, is uploaded as any other.</summary>
    public async Task<bool> RunAsync(Func<Stream> open, Func<Task<Descriptor>> whole, CancellationToken cancellationToken)
    {
        try
        {
            var session = await protocol.BeginAsync(cancellationToken);
            var (sent, size) = await protocol.SendGrowingAsync(session, open, cancellationToken);
            var blob = await whole();
            if (size != blob.Size || sent.Received != blob.Size)
                return false;
            await protocol.CloseAsync(sent, new BlobSource(blob, static (_, _) => throw new InvalidOperationException("everything has been sent"), progress: null), cancellationToken);
            return true;
        }
        catch (DistributionException exception) when (exception.Kind is DistributionErrorKind.Unavailable or DistributionErrorKind.Invalid or DistributionErrorKind.DigestMismatch or DistributionErrorKind.Unsupported)
        {
            return false;
        }
    }
}
