using Boreal.Oci.Content;

namespace Boreal.Oci.Distribution.Uploads;

/// <summary>Where a blob's bytes come from, as often as they are wanted and from any offset.</summary>
internal sealed class BlobSource(Descriptor blob, Func<long, CancellationToken, ValueTask<Stream>> openAt, IProgress<long>? progress)
{
    public Descriptor Blob => blob;

    public IProgress<long>? Progress => progress;

    /// <summary>Why the bytes could not be had: our own failure, which no new connection cures.</summary>
    public Exception? Failure { get; set; }

    public ValueTask<Stream> OpenAsync(long offset, CancellationToken cancellationToken) => openAt(offset, cancellationToken);
}
