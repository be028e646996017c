using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Boreal.Oci.Archives;
using Boreal.Oci.Content;

namespace Boreal.Oci.Images;

/// <summary>Source-generated JSON for the documents of the image spec and Docker's archives.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 32)]
[JsonSerializable(typeof(ImageConfig))]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(Descriptor))]
[JsonSerializable(typeof(IReadOnlyList<DockerArchiveImage>))]
[JsonSerializable(typeof(OciLayoutMarker))]
[JsonSerializable(typeof(SortedDictionary<string, IReadOnlyDictionary<string, string>>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
public sealed partial class OciJson : JsonSerializerContext
{
    /// <summary>For documents we write: other programs' readers do not expect <c>+</c> and <c>&lt;</c> escaped.</summary>
    public static OciJson Plain => field ??= new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>As <see cref="Plain"/>, without members that say nothing and with times as Go writes them: what builds have always written.</summary>
    public static OciJson Lean => field ??= new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new UtcTimeJsonConverter() },
    });
}
