using System.Diagnostics.CodeAnalysis;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Registry.Proxying;

/// <summary>Answers for blobs that are not here yet: the client reads along while they arrive.</summary>
internal sealed class BlobRelay(Upstream upstream, BlobFills fills, BlobStore blobs, BlobSizes sizes)
{
    private const int BufferSize = 256 << 10;

    /// <summary>(1) How large is it, (2) it is on its way, (3) the first bytes are here, so that failures still have a status, (4) the rest as it comes.</summary>
    /// <returns>False when the upstream does not have it.</returns>
    public async Task<bool> TryAnswerAsync(HttpContext context, RepositoryName repository, Digest digest)
    {
        try
        {
            var fill = fills.Find(repository, digest);
            if ((fill?.Size ?? await SizeAsync(repository, digest, context.RequestAborted)) is not { } size)       // (1)
                return false;
            if (HttpMethods.IsHead(context.Request.Method))
            {
                BlobEndpoints.Describe(context, digest, size);
                return true;
            }
            fill ??= fills.Begin(repository, digest, size);                                                         // (2)
            await fill.WaitBeyondAsync(0, context.RequestAborted);                                                  // (3)
            if (BlobEndpoints.SelectPart(context, digest, size) is { } part)
                await FollowAsync(context, repository, digest, fill, (part.Start, part.Start + part.Length));        // (4)
            return true;
        }
        catch (DistributionException e) when (e.Kind is DistributionErrorKind.NotFound)
        {
            return false;
        }
        catch (Exception e) when (Explain(e, out var refusal))
        {
            throw refusal;
        }
    }

    private async Task<long?> SizeAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        if (sizes.Find(repository, digest) is { } known)
            return known;
        var size = await upstream.Open(repository).HeadBlobAsync(digest, cancellationToken);
        return size is >= 0 or null ? size : throw new InvalidDataException($"{upstream.Name} does not say how large {digest} is");
    }

    private async Task FollowAsync(HttpContext context, RepositoryName repository, Digest digest, BlobFill fill, (long Start, long End) part)
    {
        using var file = Open(repository, digest, fill);
        var body = context.Response.BodyWriter;
        for (var offset = part.Start; offset < part.End;)
        {
            var end = Math.Min(part.End, await fill.WaitBeyondAsync(offset, context.RequestAborted));
            while (offset < end)
            {
                var buffer = body.GetMemory(BufferSize)[..(int)Math.Min(BufferSize, end - offset)];
                var count = RandomAccess.Read(file, buffer.Span, offset);
                if (count == 0)
                    throw new EndOfStreamException($"{digest} has become shorter");
                body.Advance(count);
                offset += count;
                if ((await body.FlushAsync(context.RequestAborted)).IsCompleted)
                    return;
            }
        }
    }

    /// <summary>The growing file; a transfer that has ended meanwhile has given it to the repository.</summary>
    private SafeFileHandle Open(RepositoryName repository, Digest digest, BlobFill fill)
    {
        try
        {
            return File.OpenHandle(fill.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return blobs.TryOpen(repository, digest) ?? throw RegistryException.BlobUnknown(digest.Value);
        }
    }

    private bool Explain(Exception failure, [NotNullWhen(true)] out RegistryException? refusal)
    {
        refusal = failure switch
        {
            DistributionException upstreams => upstream.Explain(upstreams),
            InvalidDataException => new RegistryException(RegistryErrorCode.Unknown, failure.Message, StatusCodes.Status502BadGateway, failure),
            IOException full when DiskFull.IsCauseOf(full) =>
                new RegistryException(RegistryErrorCode.Unknown, "no space left on the registry's disk", StatusCodes.Status507InsufficientStorage, failure),
            _ => null,
        };
        return refusal is not null;
    }
}
