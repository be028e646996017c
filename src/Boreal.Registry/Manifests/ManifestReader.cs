using System.Text.Json;
using Boreal.Oci.Content;
using Boreal.Registry.Errors;

namespace Boreal.Registry.Manifests;

/// <summary>Reads manifests and indexes, OCI's and Docker's, and refuses everything else with its reason.</summary>
internal static class ManifestReader
{
    // What two readers could understand differently is refused: a name that comes twice, comments, trailing commas.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static ManifestDocument Read(ReadOnlyMemory<byte> content, string? declared)
    {
        using var document = ParseJson(content);
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object)
            throw RegistryException.ManifestInvalid("not a JSON object");
        var mediaType = MediaTypeOf(root, declared);
        if (Optional(root, "schemaVersion", JsonValueKind.Number) is not { } version || !version.TryGetInt32(out var number) || number != 2)
            throw RegistryException.ManifestInvalid("schemaVersion must be 2");
        return MediaTypes.IsIndex(mediaType) ? ReadIndex(root, mediaType) : ReadImage(root, mediaType);
    }

    private static ManifestDocument ReadImage(JsonElement root, string mediaType)
    {
        if (root.TryGetProperty("manifests", out _))
            throw RegistryException.ManifestInvalid("an image manifest has no manifests");
        var config = Link(Optional(root, "config", JsonValueKind.Object) ?? throw RegistryException.ManifestInvalid("config is missing"), "config");
        var layers = Links(root, "layers");
        return new ManifestDocument
        {
            MediaType = mediaType,
            Blobs = [config, .. layers],
            Manifests = [],
            Subject = SubjectOf(root),
            ArtifactType = Text(root, "artifactType") is { Length: > 0 } own ? own : config.MediaType,
            Annotations = AnnotationsOf(root),
        };
    }

    private static ManifestDocument ReadIndex(JsonElement root, string mediaType)
    {
        if (root.TryGetProperty("layers", out _) || root.TryGetProperty("config", out _))
            throw RegistryException.ManifestInvalid("an index has neither config nor layers");
        // BuildKit's caches are indexes of layers.
        var entries = Links(root, "manifests").ToLookup(entry => ManifestDocument.IsKnown(entry.MediaType));
        return new ManifestDocument
        {
            MediaType = mediaType,
            Blobs = [.. entries[false]],
            Manifests = [.. entries[true]],
            Subject = SubjectOf(root),
            ArtifactType = Text(root, "artifactType") is { Length: > 0 } own ? own : null,
            Annotations = AnnotationsOf(root),
        };
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonDocument.Parse(content, Strict);
        }
        catch (JsonException e)
        {
            throw new RegistryException(RegistryErrorCode.ManifestInvalid, $"manifest invalid: {e.Message}", innerException: e);
        }
    }

    private static string MediaTypeOf(JsonElement root, string? declared)
    {
        var own = Text(root, "mediaType");
        if (own is not null && declared is not null && own != declared)
            throw RegistryException.ManifestInvalid($"mediaType is {own}, but the content came as {declared}");
        var mediaType = own ?? declared ?? Guess(root);
        return ManifestDocument.IsKnown(mediaType)
            ? mediaType
            : throw RegistryException.ManifestInvalid($"media type {mediaType} is not supported, use an OCI manifest or index, or Docker's version 2, schema 2");
    }

    /// <summary>OCI documents need not say what they are.</summary>
    private static string Guess(JsonElement root) =>
        root.TryGetProperty("manifests", out _) ? MediaTypes.OciIndex : MediaTypes.OciManifest;

    private static Digest? SubjectOf(JsonElement root) =>
        Optional(root, "subject", JsonValueKind.Object) is { } subject ? Link(subject, "subject").Digest : null;

    private static Dictionary<string, string>? AnnotationsOf(JsonElement root) =>
        Optional(root, "annotations", JsonValueKind.Object) is { } annotations
            ? annotations.EnumerateObject().ToDictionary(annotation => annotation.Name, annotation => TextOf(annotation.Value, annotation.Name))
            : null;

    private static List<ManifestLink> Links(JsonElement root, string name) =>
        Optional(root, name, JsonValueKind.Array) is { } list
            ? [.. list.EnumerateArray().Select((item, index) => Link(item, $"{name}[{index}]"))]
            : throw RegistryException.ManifestInvalid($"{name} is missing");

    private static ManifestLink Link(JsonElement item, string where)
    {
        if (item.ValueKind is not JsonValueKind.Object)
            throw RegistryException.ManifestInvalid($"{where} is no descriptor");
        var mediaType = Text(item, "mediaType") ?? throw RegistryException.ManifestInvalid($"{where} has no mediaType");
        if (!Digest.TryParse(Text(item, "digest"), out var digest))
            throw RegistryException.ManifestInvalid($"{where} has no valid digest");
        if (Optional(item, "size", JsonValueKind.Number) is not { } number || !number.TryGetInt64(out var size) || size < 0)
            throw RegistryException.ManifestInvalid($"{where} has no valid size");
        var isForeign = mediaType.Contains(".foreign.", StringComparison.Ordinal) || mediaType.Contains(".nondistributable.", StringComparison.Ordinal);
        return new ManifestLink(mediaType, digest, size, isForeign);
    }

    private static string? Text(JsonElement parent, string name) =>
        Optional(parent, name, JsonValueKind.String) is { } text ? TextOf(text, name) : null;

    private static string TextOf(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { } text ? text : throw RegistryException.ManifestInvalid($"{name} must be a string");

    /// <summary>A property; null is as good as absent, another kind is refused.</summary>
    private static JsonElement? Optional(JsonElement parent, string name, JsonValueKind kind) =>
        !parent.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null ? null
        : value.ValueKind == kind ? value
        : throw RegistryException.ManifestInvalid($"{name} must be of type {kind.ToString().ToLowerInvariant()}");
}
