using System.Text.Json.Serialization;
using Boreal.Api.Json;

namespace Boreal.Api.Execs;

/// <summary>Serialisation of the exec endpoints' bodies, without reflection. Field names match without regard to case when read.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    Converters =
    [
        typeof(LenientBooleanConverter), typeof(LenientInt32Converter), typeof(LenientInt64Converter), typeof(LenientUInt16Converter),
        typeof(LenientUInt32Converter), typeof(LenientUInt64Converter), typeof(LenientStringConverter),
    ])]
[JsonSerializable(typeof(ExecCreateRequest))]
[JsonSerializable(typeof(ExecCreateResponse))]
[JsonSerializable(typeof(ExecStartRequest))]
[JsonSerializable(typeof(ExecInspect))]
public sealed partial class ExecsJsonContext : JsonSerializerContext;
