using Boreal.Oci.Content;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Registry.Blobs;

/// <summary><c>/v2/NAME/blobs/DIGEST</c>.</summary>
internal sealed class BlobEndpoints(BlobStore blobs, RepositoryStore repositories, IAccess access, IOrigin? origin, RegistryOptions options)
{
    private const int BufferSize = 256 << 10;

    public async Task HandleAsync(HttpContext context, RepositoryName repository, string reference)
    {
        var method = context.Request.Method;
        var isDelete = HttpMethods.IsDelete(method);
        await access.RequireAsync(context, AccessQuestion.Of(repository, isDelete ? RepositoryActions.Delete : RepositoryActions.Pull));
        var digest = Digests.Parse(reference);
        if (isDelete)
            await DeleteAsync(context, repository, digest);
        else if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
            throw RegistryException.Unsupported("blobs can be read and deleted");
        else if (blobs.SizeOf(repository, digest) is not { } size)
            await AnswerAbsentAsync(context, repository, digest);
        else if (HttpMethods.IsGet(method))
            await GetAsync(context, repository, digest);
        else
            Describe(context, digest, size);
    }

    private async Task AnswerAbsentAsync(HttpContext context, RepositoryName repository, Digest digest)
    {
        if (origin is null || !await origin.TryAnswerAsync(context, repository, digest))
            throw RegistryException.BlobUnknown(digest.Value);
    }

    private async Task GetAsync(HttpContext context, RepositoryName repository, Digest digest)
    {
        using var file = blobs.TryOpen(repository, digest) ?? throw RegistryException.BlobUnknown(digest.Value);
        if (SelectPart(context, digest, RandomAccess.GetLength(file)) is { } part)
            await SendAsync(context, file, part);
    }

    /// <summary>Sets the head of an answer with a blob, and says which part of it the client gets; null when it has it already.</summary>
    /// <exception cref="RegistryException">The part asked for lies past the end.</exception>
    internal static ByteRange? SelectPart(HttpContext context, Digest digest, long size)
    {
        var part = new ByteRange(0, size);
        Describe(context, digest, size);
        var (request, response) = (context.Request.Headers, context.Response);
        if (request.IfNoneMatch == response.Headers.ETag)
        {
            response.ContentLength = null;
            response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }
        var isForThis = request.IfRange.Count == 0 || request.IfRange == response.Headers.ETag;
        if (isForThis && ByteRange.TryParse(request.Range, size, out var asked))
        {
            part = asked ?? throw new RegistryException(RegistryErrorCode.SizeInvalid, $"the blob has {size} bytes", StatusCodes.Status416RangeNotSatisfiable)
            {
                Headers = headers => headers.ContentRange = $"bytes */{size}",
            };
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {part.Start}-{part.Start + part.Length - 1}/{size}";
            response.ContentLength = part.Length;
        }
        return part;
    }

    private static async Task SendAsync(HttpContext context, SafeFileHandle file, ByteRange part)
    {
        var body = context.Response.BodyWriter;
        var (offset, end) = (part.Start, part.Start + part.Length);
        while (offset < end)
        {
            var buffer = body.GetMemory(BufferSize)[..(int)Math.Min(BufferSize, end - offset)];
            var count = RandomAccess.Read(file, buffer.Span, offset);
            if (count == 0)
                throw new EndOfStreamException("a blob has become shorter");
            body.Advance(count);
            offset += count;
            if ((await body.FlushAsync(context.RequestAborted)).IsCompleted)
                return;
        }
    }

    private async Task DeleteAsync(HttpContext context, RepositoryName repository, Digest digest)
    {
        if (!options.AllowDelete || origin is not null)
            throw RegistryException.Unsupported("deleting is switched off on this registry");
        if (await repositories.FindAsync(repository) is { } found && found.State.Manifests.ContainsKey(digest))
            throw RegistryException.Unsupported($"{digest} is a manifest, delete it as such");
        if (!blobs.TryDelete(repository, digest))
            throw RegistryException.BlobUnknown(digest.Value);
        context.Answer(StatusCodes.Status202Accepted);
    }

    internal static void Describe(HttpContext context, Digest digest, long size)
    {
        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = size;
        response.Headers[Answers.DigestHeader] = digest.Value;
        response.Headers.ETag = $"\"{digest.Value}\"";
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "max-age=31536000";
    }
}
