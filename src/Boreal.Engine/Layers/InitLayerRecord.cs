namespace Boreal.Engine.Layers;

/// <summary>The layer of mount points made for one image.</summary>
internal sealed record InitLayerRecord(long Number);
