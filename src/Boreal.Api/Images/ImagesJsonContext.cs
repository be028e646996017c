using System.Text.Json.Serialization;
using Boreal.Api.Containers;

namespace Boreal.Api.Images;

/// <summary>Serialisation of the image endpoints' bodies, without reflection. Field names match without regard to case when read.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(IReadOnlyList<ImageSummary>))]
[JsonSerializable(typeof(ImageInspect))]
[JsonSerializable(typeof(IReadOnlyList<ImageHistoryItem>))]
[JsonSerializable(typeof(IReadOnlyList<ImageDeleteItem>))]
[JsonSerializable(typeof(ImagesPruneResponse))]
[JsonSerializable(typeof(ProgressMessage))]
[JsonSerializable(typeof(ContainerPathStat))]
[JsonSerializable(typeof(CommitResponse))]
[JsonSerializable(typeof(ContainerConfig))]
[JsonSerializable(typeof(DistributionInspect))]
[JsonSerializable(typeof(ImagePlatform))]
[JsonSerializable(typeof(IReadOnlyList<ImageSearchHit>))]
public sealed partial class ImagesJsonContext : JsonSerializerContext;
