using System.Text.Json;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Registry.Json;

namespace Boreal.Registry.Repositories;

/// <summary>
/// A repository's <c>index.json</c>: an entry per tag, and one for each manifest without a tag. It is the truth about what
/// the repository holds, and is only ever replaced whole.
/// </summary>
internal static class IndexFile
{
    public const string TagAnnotation = "org.opencontainers.image.ref.name";

    /// <summary>The entries in the file; null when there is no file.</summary>
    public static async Task<IReadOnlyList<Descriptor>?> ReadAsync(string path)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var index = await JsonSerializer.DeserializeAsync(file, OciJson.Default.ImageIndex);
            return index?.Manifests ?? throw new JsonException("null is no index");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not an OCI index: {e.Message}", e);
        }
    }

    public static void Write(Stream file, RepositoryState state)
    {
        using var json = new Utf8JsonWriter(file, RegistryJson.Writer);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciIndex);
        json.WriteStartArray("manifests");
        foreach (var tag in state.TagNames)
            WriteEntry(json, state.Manifests[state.Tags[tag]], tag);
        var tagged = state.Tags.Values.ToHashSet();
        foreach (var entry in state.Manifests.Values.Where(entry => !tagged.Contains(entry.Digest)))
            WriteEntry(json, entry, null);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, ManifestEntry entry, string? tag)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", entry.MediaType);
        json.WriteString("digest", entry.Digest.Value);
        json.WriteNumber("size", entry.Size);
        if (tag is not null)
        {
            json.WriteStartObject("annotations");
            json.WriteString(TagAnnotation, tag);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
