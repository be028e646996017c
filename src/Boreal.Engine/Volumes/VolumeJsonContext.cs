using System.Text.Json.Serialization;
using Boreal.Engine.Containers;

namespace Boreal.Engine.Volumes;

/// <summary>How volumes are kept in the metadata. Names of properties are a format: they may be added to, not renamed.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(ContainerIdConverter)])]
[JsonSerializable(typeof(VolumeSpec))]
internal sealed partial class VolumeJsonContext : JsonSerializerContext;
