using System.Text.Json.Serialization;

namespace Boreal.Oci.Archives;

/// <summary>The <c>oci-layout</c> file.</summary>
public sealed record OciLayoutMarker
{
    public const string FileName = "oci-layout";

    [JsonPropertyName("imageLayoutVersion")]
    public string ImageLayoutVersion { get; init; } = "1.0.0";
}
