using System.Text.Json.Serialization;

namespace Boreal.Api.Volumes;

/// <summary>Serialisation of the volume endpoints' bodies, without reflection. Field names match without regard to case when read.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(VolumeCreateRequest))]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(VolumeListResponse))]
[JsonSerializable(typeof(VolumesPruneResponse))]
public sealed partial class VolumesJsonContext : JsonSerializerContext;
