using Boreal.Oci.Content;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Uploads;

/// <summary>Takes bodies into an upload, and turns a complete upload into a blob.</summary>
internal sealed class UploadReceiver(UploadStore uploads, BlobStore blobs, RepositoryStore repositories, RegistryOptions options, TimeProvider clock)
{
    /// <summary>Appends the request's body. The claim of the upload is held.</summary>
    public async Task ReceiveAsync(HttpContext context, Upload upload, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var range = ContentRange.Parse(request.Headers.ContentRange);
        if (range is { } chunk && chunk.Start != upload.Length)
            throw OutOfOrder(upload);
        if (range is { } sized && request.ContentLength is { } length && length != sized.Length)
            throw new RegistryException(RegistryErrorCode.SizeInvalid, $"Content-Range says {sized.Length} bytes, Content-Length {length}");
        var before = upload.Length;
        try
        {
            using var body = new PatientReader(request.BodyReader, options.SilenceTimeout, clock, cancellationToken);
            await upload.AppendAsync(body, LimitOf(before, range));
        }
        catch (IOException e) when (DiskFull.IsCauseOf(e))
        {
            // What came so far can't become whole here: its room goes to others.
            uploads.End(upload);
            throw;
        }
        if (range is { } expected && upload.Length - before != expected.Length)
            throw new RegistryException(RegistryErrorCode.SizeInvalid, $"Content-Range says {expected.Length} bytes, but {upload.Length - before} came");
    }

    /// <summary>
    /// (1) the last bytes have come, (2) they have the digest, (3) they are the repository's, and on their way to the disk.
    /// The upload is over then, and also when the digest is another.
    /// </summary>
    public async Task FinishAsync(HttpContext context, Upload upload, Digest digest, CancellationToken cancellationToken)
    {
        await ReceiveAsync(context, upload, cancellationToken);                                             // (1)
        var actual = await upload.DigestAsync(ContentHash.AlgorithmOf(digest), cancellationToken);          // (2)
        if (actual != digest)
        {
            uploads.End(upload);
            throw new RegistryException(RegistryErrorCode.DigestInvalid, $"provided digest did not match uploaded content, which has {actual}");
        }
        upload.EnsureFile();
        blobs.Publish(upload.DataPath, digest, upload.Repository);                                          // (3)
        repositories.Remember(upload.Repository);
        uploads.End(upload);
    }

    private long LimitOf(long before, ContentRange? range) =>
        Math.Min(options.LargestBlob ?? long.MaxValue, range is { } chunk ? before + chunk.Length : long.MaxValue);

    private static RegistryException OutOfOrder(Upload upload) =>
        new(RegistryErrorCode.BlobUploadInvalid, $"the chunk must start at {upload.Length}", StatusCodes.Status416RangeNotSatisfiable)
        {
            Headers = headers =>
            {
                headers.Location = $"/v2/{upload.Repository}/blobs/uploads/{upload.Id}";
                headers.Range = $"0-{Math.Max(upload.Length - 1, 0)}";
            },
        };
}
