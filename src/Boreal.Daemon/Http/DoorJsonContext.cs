using System.Text.Json.Serialization;

namespace Boreal.Daemon.Http;

[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class DoorJsonContext : JsonSerializerContext;
