using System.Buffers;
using System.Net.Http.Headers;
using Boreal.Oci.Content;
using Boreal.Oci.References;
using Boreal.Registry.Blobs;
using Boreal.Registry.Errors;
using Boreal.Registry.Http;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Manifests;

/// <summary>Takes manifests in.</summary>
internal sealed class ManifestReceiver(ManifestStore manifests, PushWarnings warnings, RegistryOptions options, TimeProvider clock)
{
    private const int MostTags = 100;

    public async Task PutAsync(HttpContext context, RepositoryName repository, ManifestReference reference)
    {
        var content = await ReadAsync(context);
        var document = ManifestDocument.Parse(content, DeclaredType(context.Request));
        if (document.Blobs.Count + document.Manifests.Count > options.MostReferences)
            throw RegistryException.ManifestInvalid($"it names more than {options.MostReferences} layers or manifests");
        var digest = ContentHash.Of(reference.Digest is { } named ? ContentHash.AlgorithmOf(named) : DigestAlgorithm.Sha256, content.Span);
        if (reference.Digest is { } expected && expected != digest)
            throw new RegistryException(RegistryErrorCode.DigestInvalid, $"provided digest did not match uploaded content, which has {digest}");
        var manifest = new IncomingManifest { Digest = digest, Content = content, Document = document, Tags = TagsOf(context.Request, reference) };
        var entry = await manifests.PutAsync(repository, manifest, context.RequestAborted);
        warnings.Add(context, manifest.Tags);
        Answer(context, repository, entry, reference.Digest is null ? [] : manifest.Tags);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var limit = options.LargestManifest;
        if (context.Request.ContentLength > limit)
            throw TooLarge();
        using var reader = new PatientReader(context.Request.BodyReader, options.SilenceTimeout, clock, context.RequestAborted);
        while (true)
        {
            var read = await reader.ReadAsync();
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

    private static void Answer(HttpContext context, RepositoryName repository, ManifestEntry entry, IReadOnlyList<string> tags)
    {
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{repository}/manifests/{entry.Digest}";
        headers[Answers.DigestHeader] = entry.Digest.Value;
        if (entry.Subject is { } subject)
            headers["OCI-Subject"] = subject.Value;
        if (tags.Count > 0)
            headers["OCI-Tag"] = tags.ToArray();
        context.Answer(StatusCodes.Status201Created);
    }
}
