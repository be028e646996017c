using System.Text.Json;
using System.Text.Json.Serialization;
using Boreal.Oci.Content;

namespace Boreal.Oci.Archives;

/// <summary>One image in the <c>manifest.json</c> of a docker-archive: paths within the archive.</summary>
public sealed record DockerArchiveImage
{
    public required string Config { get; init; }

    public IReadOnlyList<string>? RepoTags { get; init; }

    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>Descriptors of the layers by diff id, written by Docker 25 and newer.</summary>
    public IReadOnlyDictionary<string, Descriptor>? LayerSources { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
