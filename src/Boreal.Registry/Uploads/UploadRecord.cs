using System.Text.Json.Serialization;
using Boreal.Registry.Blobs;

namespace Boreal.Registry.Uploads;

/// <summary>What is remembered of an upload across restarts, beside its bytes.</summary>
internal sealed record UploadRecord(
    [property: JsonPropertyName("repository")] string Repository,
    [property: JsonPropertyName("algorithm")] DigestAlgorithm Algorithm);
