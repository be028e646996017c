using System.Text.Json.Serialization;

namespace Boreal.Build.Caching;

/// <summary>Source-generated JSON for what is remembered of steps and folders.</summary>
[JsonSerializable(typeof(StepRecord))]
[JsonSerializable(typeof(FolderRecord))]
internal sealed partial class CachingJsonContext : JsonSerializerContext;
