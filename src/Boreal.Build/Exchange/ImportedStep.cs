using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>A step whose result lies elsewhere.</summary>
/// <param name="Keys">What it is found by.</param>
/// <param name="Layer">The digest of the layer's tar.</param>
/// <param name="Blob">The layer as it lies there.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Origin">Who has it.</param>
internal sealed record ImportedStep(IReadOnlyList<string> Keys, Digest Layer, Descriptor Blob, DateTimeOffset CreatedAt, ILayerOrigin Origin)
{
    /// <summary>The step as this build calls it.</summary>
    public string Description { get; init; } = "";
}
