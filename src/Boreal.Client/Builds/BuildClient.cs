using Boreal.Client.Transport;

namespace Boreal.Client.Builds;

/// <summary>The two connections of a build: one on which the client asks, and one on which it is asked. Both speak gRPC on HTTP/2.</summary>
public sealed class BuildClient
{
    private const string Protocol = "h2c";

    private readonly ApiChannel _channel;

    internal BuildClient(ApiChannel channel) => _channel = channel;

    /// <summary>Opens the connection for BuildKit's control and gateway calls. Dispose of it to end them.</summary>
    public Task<Stream> OpenCallsAsync(CancellationToken cancellationToken = default) => OpenAsync(new ApiRequest("POST", "/grpc") { IsVersioned = false }, cancellationToken);

    /// <summary>Opens a session: the daemon asks on it for what <paramref name="methods"/> says can be asked.</summary>
    /// <param name="id">The session's own id, to be named in the build.</param>
    /// <param name="sharedKey">The same for all builds of one folder here; what was sent for it once need not be sent again.</param>
    /// <param name="methods">Full names of gRPC methods, such as <c>/moby.filesync.v1.FileSync/DiffCopy</c>.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    public Task<Stream> OpenSessionAsync(string id, string sharedKey, IEnumerable<string> methods, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("POST", "/session") { IsVersioned = false }
            .WithHeader("X-Docker-Expose-Session-Uuid", id)
            .WithHeader("X-Docker-Expose-Session-Name", "boreal")
            .WithHeader("X-Docker-Expose-Session-Sharedkey", sharedKey);
        foreach (var method in methods) request.WithHeader("X-Docker-Expose-Session-Grpc-Method", method);
        return OpenAsync(request, cancellationToken);
    }

    private async Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new UpgradedStream(await _channel.HijackAsync(request, cancellationToken, Protocol));
}
