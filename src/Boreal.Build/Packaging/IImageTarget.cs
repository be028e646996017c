using Boreal.Oci.Content;

namespace Boreal.Build.Packaging;

/// <summary>Where the parts of an image go: layers and documents first, what names them last.</summary>
internal interface IImageTarget
{
    /// <summary>Brings a layer there, which the caller holds: in which form it lies there.</summary>
    Task<Descriptor> PutLayerAsync(Digest layer, CancellationToken cancellationToken);

    Task PutDocumentAsync(Descriptor document, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
