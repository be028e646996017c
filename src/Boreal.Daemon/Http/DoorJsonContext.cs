using System.Text.Json.Serialization;

namespace Boreal.Daemon.Http;

[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class DoorJsonContext : JsonSerializerContext;
