using System.Text.Json.Serialization;
using Boreal.Oci.Images;

namespace Boreal.Build.Building;

/// <summary>The platforms of a result, as clients read them from its metadata.</summary>
internal sealed record BuiltPlatforms([property: JsonPropertyName("Platforms")] IReadOnlyList<BuiltPlatform> Platforms);

/// <param name="Id">What the platform's tree is called in the result.</param>
/// <param name="Platform">The same in parts.</param>
internal sealed record BuiltPlatform([property: JsonPropertyName("ID")] string Id, [property: JsonPropertyName("Platform")] Platform Platform);
