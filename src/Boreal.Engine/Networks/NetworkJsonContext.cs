using System.Text.Json.Serialization;

namespace Boreal.Engine.Networks;

/// <summary>How networks are kept in the metadata.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NetworkRecord))]
[JsonSerializable(typeof(NetworkDefinition))]
internal sealed partial class NetworkJsonContext : JsonSerializerContext;
