using Boreal.Client.Transport;

namespace Boreal.Client.Streams;

/// <summary>A long answer being read.</summary>
public sealed class DownloadStream : IAsyncDisposable
{
    private readonly ApiResponse _response;

    internal DownloadStream(ApiResponse response) => _response = response;

    /// <summary>The bytes.</summary>
    public Stream Content => _response.Body;

    public string ContentType => _response.Header("Content-Type") ?? "";

    /// <summary>A header of the answer; null when it is not there.</summary>
    public string? Header(string name) => _response.Header(name);

    public ValueTask DisposeAsync() => _response.DisposeAsync();
}
