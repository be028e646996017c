using System.Text.Json.Serialization;

namespace Boreal.Engine.Networks;

/// <summary>How networks are kept in the metadata.</summary>
[JsonSerializable(typeof(NetworkRecord))]
internal sealed partial class NetworkJsonContext : JsonSerializerContext;
