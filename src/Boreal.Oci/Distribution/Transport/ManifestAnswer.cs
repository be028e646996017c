using System.Text.Json;
using Boreal.Oci.Content;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Reads what a registry says about a manifest, and believes only what can be checked.</summary>
internal static class ManifestAnswer
{
    private const string DigestHeader = "Docker-Content-Digest";

    /// <exception cref="DistributionException">The content is not what its digest says.</exception>
    public static RemoteManifest Read(HttpResponseMessage response, byte[] content, Digest? expected)
    {
        if (expected is { } digest && !ContentCheck.Matches(digest, content))
            throw new DistributionException(DistributionErrorKind.DigestMismatch, $"manifest verification failed for digest {digest}");
        var claimed = DigestOf(response);
        if (expected is null && claimed is { } named && !ContentCheck.Matches(named, content))
            throw new DistributionException(DistributionErrorKind.DigestMismatch, $"manifest verification failed for digest {named}");
        return new RemoteManifest(content, TypeOf(response) ?? TypeIn(content), expected ?? claimed ?? Digest.OfSha256(content));
    }

    /// <summary>Null when the registry leaves out what makes a descriptor.</summary>
    public static Descriptor? Describe(HttpResponseMessage response) =>
        DigestOf(response) is { } digest && TypeOf(response) is { } type && response.Content.Headers.ContentLength is { } size
            ? new Descriptor { MediaType = type, Digest = digest, Size = size }
            : null;

    public static Digest? DigestOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues(DigestHeader, out var values) && Digest.TryParse(values.ToString(), out var digest) ? digest : null;

    // A registry that serves files knows no media types.
    private static string? TypeOf(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type and not ("application/json" or "application/octet-stream" or "text/plain") ? type : null;

    private static string TypeIn(byte[] content)
    {
        try
        {
            var reader = new Utf8JsonReader(content);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return "application/json";
            if (root.TryGetProperty("mediaType", out var type) && type.ValueKind == JsonValueKind.String)
                return type.GetString() ?? "application/json";
            return root.TryGetProperty("manifests", out _) ? MediaTypes.OciIndex : root.TryGetProperty("config", out _) ? MediaTypes.OciManifest : "application/json";
        }
        catch (JsonException)
        {
            return "application/octet-stream";
        }
    }
}
