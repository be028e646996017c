using Boreal.Oci.Content;

namespace Boreal.Build.Builds;

/// <summary>A store of blobs at the client. What it says is not to be believed before its digest is checked.</summary>
internal interface IClientContent
{
    /// <summary>Null when there is no such blob.</summary>
    Task<long?> SizeAsync(Digest blob, CancellationToken cancellationToken);

    /// <summary>The blob's bytes, unchecked.</summary>
    Task<Stream> OpenAsync(Digest blob, CancellationToken cancellationToken);

    /// <summary>Adds a blob; nothing happens when it is there.</summary>
    Task WriteAsync(Descriptor blob, Stream content, CancellationToken cancellationToken);
}
