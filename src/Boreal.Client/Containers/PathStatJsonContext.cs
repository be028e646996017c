using System.Text.Json.Serialization;

namespace Boreal.Client.Containers;

[JsonSerializable(typeof(PathStat))]
internal sealed partial class PathStatJsonContext : JsonSerializerContext;
