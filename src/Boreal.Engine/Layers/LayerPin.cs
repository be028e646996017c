using Boreal.Oci.Content;

namespace Boreal.Engine.Layers;

/// <summary>A layer that is kept although no image has it.</summary>
internal sealed record LayerPin(Digest DiffId);
