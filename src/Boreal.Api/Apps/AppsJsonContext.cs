using System.Text.Json;
using System.Text.Json.Serialization;
using Boreal.Api.Json;

namespace Boreal.Api.Apps;

/// <summary>JSON of <c>/boreal/v1/apps</c>. The container templates inside are read as Docker's are.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    Converters =
    [
        typeof(LenientBooleanConverter), typeof(LenientInt32Converter), typeof(LenientInt64Converter), typeof(LenientUInt16Converter),
        typeof(LenientUInt32Converter), typeof(LenientUInt64Converter), typeof(LenientStringConverter),
    ])]
[JsonSerializable(typeof(AppSpec))]
[JsonSerializable(typeof(ServiceSpec))]
[JsonSerializable(typeof(AppInspect))]
[JsonSerializable(typeof(ServiceInspect))]
[JsonSerializable(typeof(IReadOnlyList<AppSummary>))]
[JsonSerializable(typeof(IReadOnlyList<TaskSummary>))]
[JsonSerializable(typeof(IReadOnlyList<ServiceUsage>))]
[JsonSerializable(typeof(ServiceHistory))]
[JsonSerializable(typeof(WhyReport))]
[JsonSerializable(typeof(AutoscaleReport))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonDocument))]
public sealed partial class AppsJsonContext : JsonSerializerContext;
