using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Boreal.Registry.Collection;
using Boreal.Registry.Errors;
using Boreal.Registry.Listing;
using Boreal.Registry.Uploads;

namespace Boreal.Registry.Json;

/// <summary>Source-generated JSON of the registry's own documents.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorList))]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(Catalog))]
[JsonSerializable(typeof(CollectionReport))]
[JsonSerializable(typeof(ExtensionList))]
internal sealed partial class RegistryJson : JsonSerializerContext
{
    /// <summary>For documents written piece by piece.</summary>
    public static JsonWriterOptions Writer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For answers: nothing is escaped that JSON does not ask for.</summary>
    public static RegistryJson Plain => field ??= new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
