using System.Buffers;
using System.Text.Json;
using Boreal.Oci.Content;
using Boreal.Registry.Errors;
using Boreal.Registry.Json;
using Boreal.Registry.Listing;
using Boreal.Registry.Origins;
using Boreal.Registry.Permissions;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Referrers;

/// <summary><c>/v2/NAME/referrers/DIGEST</c>: what names this digest as its subject, such as signatures. Nothing is an empty list, never a 404.</summary>
internal sealed class ReferrersEndpoint(RepositoryStore repositories, IAccess access, IOrigin? origin)
{
    // Clients bound what they read as they bound a manifest.
    private const int LargestAnswer = 2 << 20;

    public async Task HandleAsync(HttpContext context, RepositoryName repository, string reference)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            throw RegistryException.Unsupported("referrers can be read");
        await access.RequireAsync(context, AccessQuestion.Of(repository, RepositoryActions.Pull));
        var subject = Digests.Parse(reference);
        if (origin is not null && await origin.TryListAsync(context, repository))
            return;
        var artifactType = (string?)context.Request.Query["artifactType"];
        var page = Page.Of(context.Request);
        var state = (await repositories.FindAsync(repository))?.State ?? RepositoryState.Empty;

        var body = new ArrayBufferWriter<byte>();
        Write(context, body, Select(state, page.Rest(state.ReferrersOf(subject)), artifactType), page.Count);
        var response = context.Response;
        if (!string.IsNullOrEmpty(artifactType))
            response.Headers["OCI-Filters-Applied"] = "artifactType";
        response.ContentType = MediaTypes.OciIndex;
        response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static IEnumerable<ManifestEntry> Select(RepositoryState state, IEnumerable<string> digests, string? artifactType) =>
        from digest in digests
        let entry = state.Manifests[Digest.Parse(digest)]
        where string.IsNullOrEmpty(artifactType) || entry.ArtifactType == artifactType
        select entry;

    private static void Write(HttpContext context, ArrayBufferWriter<byte> body, IEnumerable<ManifestEntry> entries, int? limit)
    {
        using var json = new Utf8JsonWriter(body, RegistryJson.Writer);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciIndex);
        json.WriteStartArray("manifests");
        var (count, last) = (0, "");
        foreach (var entry in entries)
        {
            if (count >= limit || json.BytesCommitted + json.BytesPending > LargestAnswer)
            {
                if (count > 0)
                    Link(context, last, limit);
                break;
            }
            WriteEntry(json, entry);
            (count, last) = (count + 1, entry.Digest.Value);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, ManifestEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", entry.MediaType);
        json.WriteString("digest", entry.Digest.Value);
        json.WriteNumber("size", entry.Size);
        if (entry.ArtifactType is not null)
            json.WriteString("artifactType", entry.ArtifactType);
        if (entry.Annotations is { } annotations)
        {
            json.WriteStartObject("annotations");
            foreach (var (name, value) in annotations)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Link(HttpContext context, string last, int? limit)
    {
        var artifactType = (string?)context.Request.Query["artifactType"];
        var filter = string.IsNullOrEmpty(artifactType) ? "" : $"&artifactType={Uri.EscapeDataString(artifactType)}";
        var count = limit is { } n ? $"&n={n}" : "";
        context.Response.Headers.Link = $"<{context.Request.Path}?last={Uri.EscapeDataString(last)}{count}{filter}>; rel=\"next\"";
    }
}
