using System.Text.Json.Serialization;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

[JsonSourceGenerationOptions(MaxDepth = 32, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ErrorList))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(RepositoryList))]
[JsonSerializable(typeof(SearchAnswer))]
internal sealed partial class DistributionJson : JsonSerializerContext;
