using System.Text.Json.Serialization;

namespace Boreal.Api.Node;

/// <summary>JSON of the node's own endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(VersionResponse))]
public sealed partial class NodeJsonContext : JsonSerializerContext;
