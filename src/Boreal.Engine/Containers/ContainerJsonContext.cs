using System.Text.Json.Serialization;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Containers;

/// <summary>How specs and statuses are kept in the metadata. Names of properties and enum values are a format: they may be added to, not renamed.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ContainerIdConverter)])]
[JsonSerializable(typeof(ContainerSpec))]
[JsonSerializable(typeof(ContainerStatus))]
internal sealed partial class ContainerJsonContext : JsonSerializerContext;
