using Boreal.Api.Node;
using Boreal.Client.Transport;

namespace Boreal.Client.Node;

/// <summary>The daemon itself: what it is, what it holds, what happens.</summary>
public sealed class NodeClient
{
    private readonly ApiChannel _channel;

    internal NodeClient(ApiChannel channel) => _channel = channel;

    public async Task<VersionResponse> VersionAsync(CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", "/version"), cancellationToken);
        return await response.JsonAsync(NodeJsonContext.Default.VersionResponse, cancellationToken);
    }
}
