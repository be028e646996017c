using System.Text.Json.Serialization;

namespace Boreal.Oci.Distribution.Transport;

internal sealed record RepositoryList([property: JsonPropertyName("repositories")] IReadOnlyList<string>? Repositories);
