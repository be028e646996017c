using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Users;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(UserDocument))]
internal sealed partial class UserJsonContext : JsonSerializerContext;
