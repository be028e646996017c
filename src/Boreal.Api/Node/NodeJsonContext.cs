using System.Text.Json.Serialization;

namespace Boreal.Api.Node;

/// <summary>JSON of the node's own endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(InfoResponse))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(AuthRequest))]
[JsonSerializable(typeof(AuthResponse))]
[JsonSerializable(typeof(DiskUsageResponse))]
public sealed partial class NodeJsonContext : JsonSerializerContext;
