using System.Text.Json.Serialization;
using Boreal.Api.Json;

namespace Boreal.Api.Containers;

/// <summary>Serialisation of the container endpoints' bodies, without reflection. Field names match without regard to case when read.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    Converters =
    [
        typeof(LenientBooleanConverter), typeof(LenientInt32Converter), typeof(LenientInt64Converter), typeof(LenientUInt16Converter),
        typeof(LenientUInt32Converter), typeof(LenientUInt64Converter), typeof(LenientStringConverter),
    ])]
[JsonSerializable(typeof(ContainerCreateRequest))]
[JsonSerializable(typeof(ContainerCreateResponse))]
[JsonSerializable(typeof(ContainerInspect))]
[JsonSerializable(typeof(IReadOnlyList<ContainerSummary>))]
[JsonSerializable(typeof(ContainerSummary))]
[JsonSerializable(typeof(ContainerStats))]
[JsonSerializable(typeof(ContainerTop))]
[JsonSerializable(typeof(ContainerWaitResponse))]
[JsonSerializable(typeof(ContainerUpdateRequest))]
[JsonSerializable(typeof(ContainerUpdateResponse))]
[JsonSerializable(typeof(ContainersPruneResponse))]
[JsonSerializable(typeof(IReadOnlyList<FilesystemChange>))]
public sealed partial class ContainersJsonContext : JsonSerializerContext;
