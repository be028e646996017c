using System.Text.Json.Serialization;

namespace Boreal.Build.Caching;

/// <summary>Source-generated JSON for what is remembered of steps.</summary>
[JsonSerializable(typeof(StepRecord))]
internal sealed partial class CachingJsonContext : JsonSerializerContext;
