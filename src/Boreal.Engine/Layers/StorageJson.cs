using System.Text.Json.Serialization;
using Boreal.Engine.Images;

namespace Boreal.Engine.Layers;

/// <summary>Source-generated JSON for what the image and layer rooms remember.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LayerRecord))]
[JsonSerializable(typeof(SnapshotRecord))]
[JsonSerializable(typeof(InitLayerRecord))]
[JsonSerializable(typeof(ImageRecord))]
[JsonSerializable(typeof(LayerPin))]
internal sealed partial class StorageJson : JsonSerializerContext;
