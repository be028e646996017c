using System.Text.Json.Serialization;

namespace Boreal.Build.Exchange;

/// <summary>Source-generated JSON of caches elsewhere.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 16)]
[JsonSerializable(typeof(CacheDocument))]
[JsonSerializable(typeof(IReadOnlyList<CacheDocument.Step>))]
[JsonSerializable(typeof(IReadOnlyList<CacheSourceEntry>))]
[JsonSerializable(typeof(string))]
internal sealed partial class ExchangeJson : JsonSerializerContext;
