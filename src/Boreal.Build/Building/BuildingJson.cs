using System.Text.Json.Serialization;

namespace Boreal.Build.Building;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuiltPlatforms))]
internal sealed partial class BuildingJson : JsonSerializerContext;
