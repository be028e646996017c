using System.Text.Json.Serialization;

namespace Boreal.Api.Builds;

/// <summary>Source-generated JSON for builds.</summary>
[JsonSerializable(typeof(BuildPruneResponse))]
[JsonSerializable(typeof(Dictionary<string, string?>))]
public sealed partial class BuildsJsonContext : JsonSerializerContext;
