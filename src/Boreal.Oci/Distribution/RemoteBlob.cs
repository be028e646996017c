using System.Net;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Oci.Distribution;

/// <summary>A blob's bytes as they arrive on one connection.</summary>
public sealed class RemoteBlob : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    private RemoteBlob(HttpResponseMessage response, Stream content, long offset)
    {
        _response = response;
        Content = content;
        Offset = offset;
    }

    /// <summary>Ends early, with an <see cref="IOException"/>, when the connection is cut or silent for too long.</summary>
    public Stream Content { get; }

    /// <summary>Where in the blob the content begins: as asked, or 0.</summary>
    public long Offset { get; }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _response.Dispose();
    }

    internal static async Task<RemoteBlob> OpenAsync(HttpResponseMessage response, Descriptor blob, long offset, EndpointChain chain, CancellationToken cancellationToken)
    {
        try
        {
            var granted = Granted(response, blob, offset);
            var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new RemoteBlob(response, new PatientStream(content, chain.Options.StallTimeout, chain.Clock), granted);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // What the answer says of itself must fit what the manifest says of the blob.
    private static long Granted(HttpResponseMessage response, Descriptor blob, long offset)
    {
        var headers = response.Content.Headers;
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            if (headers.ContentRange is not { From: { } from } range || from != offset)
                throw new DistributionException(DistributionErrorKind.Invalid, $"the registry sent another range of {blob.Digest} than asked: {headers.ContentRange}");
            return range.Length is not { } whole || whole == blob.Size ? offset : throw WrongSize(blob, whole);
        }
        return headers.ContentLength is not { } length || length == blob.Size ? 0 : throw WrongSize(blob, length);
    }

    private static DistributionException WrongSize(Descriptor blob, long size) =>
        new(DistributionErrorKind.DigestMismatch, $"{blob.Digest} has {size} bytes in the registry, but {blob.Size} by its manifest");
}
