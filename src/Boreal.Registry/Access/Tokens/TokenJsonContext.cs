using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Tokens;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenClaims))]
[JsonSerializable(typeof(TokenHeader))]
[JsonSerializable(typeof(RefreshClaims))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class TokenJsonContext : JsonSerializerContext;
