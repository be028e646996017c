using System.Text.Json.Serialization;

namespace Boreal.Registry.Blobs;

/// <summary>The hashes content may be named by. The names are on disk.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DigestAlgorithm>))]
internal enum DigestAlgorithm
{
    Sha256,
    Sha512,
}
