using System.Text.Json.Serialization;

namespace Boreal.Client.Images;

[JsonSerializable(typeof(RegistryAuth))]
internal sealed partial class RegistryAuthJsonContext : JsonSerializerContext;
