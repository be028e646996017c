using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Client.Errors;

namespace Boreal.Client.Transport;

/// <summary>An answer whose head has arrived. Dispose it to free the connection.</summary>
internal sealed class ApiResponse(ResponseHead head, BodyStream body, Exchange exchange) : IAsyncDisposable
{
    public int Status => head.Status;

    public Stream Body => body;

    public string? Header(string name) => head[name];

    public async Task<T> JsonAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await JsonSerializer.DeserializeAsync(body, type, cancellationToken) is { } value
            ? value
            : throw new BrokenStreamException("the daemon answered null");

    public async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        await body.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }

    /// <summary>Reads on to the end so that the connection can be used again; for short answers.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken) => await body.CopyToAsync(Stream.Null, cancellationToken);

    public ValueTask DisposeAsync() => exchange.EndAsync(body.IsComplete && !head.ClosesConnection);
}
