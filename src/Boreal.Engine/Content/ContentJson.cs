using System.Text.Json.Serialization;

namespace Boreal.Engine.Content;

/// <summary>Source-generated JSON for what this room remembers.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BlobRecord))]
internal sealed partial class ContentJson : JsonSerializerContext;
