using System.Text.Json.Serialization;

namespace Boreal.Client.Streams;

[JsonSerializable(typeof(ProgressMessage))]
internal sealed partial class ProgressJsonContext : JsonSerializerContext;
