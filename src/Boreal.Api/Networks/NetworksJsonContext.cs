using System.Text.Json.Serialization;
using Boreal.Api.Json;

namespace Boreal.Api.Networks;

/// <summary>Serialisation of the network endpoints' bodies, without reflection. Field names match without regard to case when read.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    Converters = [typeof(LenientBooleanConverter), typeof(LenientInt32Converter), typeof(LenientStringConverter)])]
[JsonSerializable(typeof(NetworkCreateRequest))]
[JsonSerializable(typeof(NetworkCreateResponse))]
[JsonSerializable(typeof(NetworkConnectRequest))]
[JsonSerializable(typeof(NetworkDisconnectRequest))]
[JsonSerializable(typeof(NetworkInspect))]
[JsonSerializable(typeof(IReadOnlyList<NetworkInspect>))]
[JsonSerializable(typeof(NetworksPruneResponse))]
public sealed partial class NetworksJsonContext : JsonSerializerContext;
