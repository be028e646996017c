using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Client.Node;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
