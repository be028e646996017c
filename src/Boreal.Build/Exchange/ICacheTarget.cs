using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>Where a cache is written.</summary>
internal interface ICacheTarget
{
    /// <summary>In BuildKit's words: registry, client directory.</summary>
    string Name { get; }

    /// <summary>Brings a layer there, in which form it lies there. The caller holds it, unless it came from there.</summary>
    Task<Descriptor> PutLayerAsync(ExportedStep step, CancellationToken cancellationToken);

    Task PutDocumentAsync(Descriptor document, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The last thing: what is there counts from now on.</summary>
    Task PutManifestAsync(Descriptor manifest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Whether the layer is there already and need not be brought here first.</summary>
    bool Has(ExportedStep step);
}
