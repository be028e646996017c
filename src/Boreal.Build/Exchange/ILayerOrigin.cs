using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>Where layers of a cache come from.</summary>
internal interface ILayerOrigin
{
    /// <summary>For people: a reference or a folder.</summary>
    string Name { get; }

    /// <summary>Brings a layer here, which stays until what is returned is disposed of.</summary>
    Task<IDisposable> FetchAsync(Descriptor blob, Digest layer, CancellationToken cancellationToken);
}
