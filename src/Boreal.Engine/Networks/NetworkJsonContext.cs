using System.Text.Json.Serialization;
using Boreal.Engine.Networks.Balancing;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks;

/// <summary>How networks are kept in the metadata.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NetworkRecord))]
[JsonSerializable(typeof(NetworkDefinition))]
[JsonSerializable(typeof(PortRun))]
[JsonSerializable(typeof(BalanceRecord))]
internal sealed partial class NetworkJsonContext : JsonSerializerContext;
