namespace Boreal.Engine.Images;

/// <summary>An image as an archive describes it.</summary>
internal sealed record ArchiveImage(byte[] Config, IReadOnlyList<ArchiveLayerName> Layers, IReadOnlyList<string> Names);

