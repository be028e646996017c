using System.Text.Json.Serialization;
using Boreal.Api.Containers;

namespace Boreal.Api.Builds;

/// <summary>Source-generated JSON for builds.</summary>
[JsonSerializable(typeof(BuildPruneResponse))]
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSerializable(typeof(IReadOnlyList<Ulimit>))]
public sealed partial class BuildsJsonContext : JsonSerializerContext;
