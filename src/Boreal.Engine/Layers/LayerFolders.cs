namespace Boreal.Engine.Layers;

/// <summary>Where the parts of an overlay lie: what inspect shows as GraphDriver data. Lower layers top first, joined by colons.</summary>
public sealed record LayerFolders(string? Lower, string Merged, string Upper, string Work);
