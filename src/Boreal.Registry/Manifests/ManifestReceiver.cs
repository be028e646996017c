using System.Buffers;
using System.Net.Http.Headers;
using Boreal.Oci.Content;
using Boreal.Oci.References;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Manifests;

/// <summary>Takes manifests in.</summary>
internal sealed class ManifestReceiver(RepositoryStore repositories, BlobStore blobs, DataPaths paths, RegistryOptions options)
{
    private const int MostTags = 100;

    /// <summary>
    /// (1) the content is a manifest and has the digest it was pushed by, (2) it is on the disk, (3) all it names is here,
    /// (4) it is in the index, with its tags.
    /// </summary>
    public async Task PutAsync(HttpContext context, RepositoryName repository, ManifestReference reference)
    {
        var content = await ReadAsync(context);                                                            // (1)
        var document = ManifestDocument.Parse(content, DeclaredType(context.Request));
        if (document.Blobs.Count + document.Manifests.Count > options.MostReferences)
            throw RegistryException.ManifestInvalid($"it names more than {options.MostReferences} layers or manifests");
        var digest = ContentHash.Of(reference.Digest is { } named ? ContentHash.AlgorithmOf(named) : DigestAlgorithm.Sha256, content.Span);
        if (reference.Digest is { } expected && expected != digest)
            throw new RegistryException(RegistryErrorCode.DigestInvalid, $"provided digest did not match uploaded content, which has {digest}");
        var tags = TagsOf(context.Request, reference);

        var found = await repositories.GetAsync(repository);
        await StoreAsync(repository, digest, content, context.RequestAborted);                              // (2)
        var entry = document.ToEntry(digest, content.Length);
        await found.ChangeAsync(
            state =>
            {
                RequireContent(repository, state, document);                                                // (3)
                return state.With(entry, tags);                                                             // (4)
            },
            context.RequestAborted);
        repositories.Announce(repository);
        Answer(context, repository, reference, entry, tags);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var limit = options.LargestManifest;
        if (context.Request.ContentLength > limit)
            throw TooLarge();
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > limit)
                throw TooLarge();
            if (read.IsCompleted)
            {
                var content = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return content;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        RegistryException TooLarge() => new(RegistryErrorCode.SizeInvalid, $"a manifest can have {limit} bytes at most", StatusCodes.Status413PayloadTooLarge);
    }

    private static string? DeclaredType(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType) ? null
        : MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType
        : throw RegistryException.ManifestInvalid($"{request.ContentType} is no media type");

    /// <summary>The reference's tag, or those asked for beside a digest.</summary>
    private static List<string> TagsOf(HttpRequest request, ManifestReference reference)
    {
        if (reference.Digest is null)
            return [reference.Tag];
        var tags = request.Query["tag"].OfType<string>().Distinct().ToList();
        if (tags.Count > MostTags)
            throw new RegistryException(RegistryErrorCode.ManifestInvalid, $"a manifest can get {MostTags} tags at once", StatusCodes.Status414UriTooLong);
        return tags.FirstOrDefault(tag => !ImageReference.IsTag(tag)) is { } invalid
            ? throw new RegistryException(RegistryErrorCode.ManifestInvalid, "invalid tag name") { Detail = invalid }
            : tags;
    }

    private async Task StoreAsync(RepositoryName repository, Digest digest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (blobs.SizeOf(repository, digest) == content.Length)
            return;
        var temporary = Path.Combine(paths.Uploads, $"manifest-{Guid.NewGuid():N}");
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await RandomAccess.WriteAsync(file, content, 0, cancellationToken);
                await Durable.FileAsync(file);
            }
            blobs.Publish(temporary, digest, repository);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A subject may come later; a layer that is not distributed need not come at all.</summary>
    private void RequireContent(RepositoryName repository, RepositoryState state, ManifestDocument document)
    {
        foreach (var blob in document.Blobs)
        {
            if (!blob.MayBeElsewhere && !blobs.Has(repository, blob.Digest))
                throw Missing(blob.Digest);
        }
        foreach (var manifest in document.Manifests)
        {
            if (!options.AllowSparseIndexes && !state.Manifests.ContainsKey(manifest.Digest) && !blobs.Has(repository, manifest.Digest))
                throw Missing(manifest.Digest);
        }

        static RegistryException Missing(Digest digest) =>
            new(RegistryErrorCode.ManifestBlobUnknown, $"blob unknown to registry: the manifest names {digest}") { Detail = digest.Value };
    }

    private static void Answer(HttpContext context, RepositoryName repository, ManifestReference reference, ManifestEntry entry, List<string> tags)
    {
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{repository}/manifests/{entry.Digest}";
        headers[Answers.DigestHeader] = entry.Digest.Value;
        if (entry.Subject is { } subject)
            headers["OCI-Subject"] = subject.Value;
        if (reference.Digest is not null && tags.Count > 0)
            headers["OCI-Tag"] = tags.ToArray();
        context.Answer(StatusCodes.Status201Created);
    }
}
