using Boreal.Api.Containers;
using Boreal.Api.Networks;
using Boreal.Client.Transport;

namespace Boreal.Client.Networks;

/// <summary>Networks on the daemon. Ids and names are accepted alike.</summary>
public sealed class NetworkClient
{
    private readonly ApiChannel _channel;

    internal NetworkClient(ApiChannel channel) => _channel = channel;

    private static NetworksJsonContext Json => NetworksJsonContext.Default;

    public async Task<IReadOnlyList<NetworkInspect>> ListAsync(FilterQuery filters, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", "/networks").With("filters", filters.ToJson()), cancellationToken);
        return await response.JsonAsync(Json.IReadOnlyListNetworkInspect, cancellationToken);
    }

    public async Task<NetworkCreateResponse> CreateAsync(NetworkCreateRequest network, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("POST", "/networks/create").WithJson(network, Json.NetworkCreateRequest), cancellationToken);
        return await response.JsonAsync(Json.NetworkCreateResponse, cancellationToken);
    }

    /// <summary>The inspection as the daemon wrote it.</summary>
    public async Task<byte[]> InspectRawAsync(string network, bool verbose = false, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", On(network, "")).With("verbose", verbose), cancellationToken);
        return await response.BytesAsync(cancellationToken);
    }

    public async Task RemoveAsync(string network, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(new ApiRequest("DELETE", On(network, "")), cancellationToken);

    public async Task ConnectAsync(string network, string container, EndpointSettings? endpoint = null, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(
            new ApiRequest("POST", On(network, "/connect"))
                .WithJson(new NetworkConnectRequest { Container = container, EndpointConfig = endpoint }, Json.NetworkConnectRequest),
            cancellationToken);

    public async Task DisconnectAsync(string network, string container, bool force = false, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(
            new ApiRequest("POST", On(network, "/disconnect"))
                .WithJson(new NetworkDisconnectRequest { Container = container, Force = force }, Json.NetworkDisconnectRequest),
            cancellationToken);

    /// <summary>Removes networks nobody is on; gives their names.</summary>
    public async Task<IReadOnlyList<string>> PruneAsync(FilterQuery filters, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("POST", "/networks/prune").With("filters", filters.ToJson()), cancellationToken);
        return (await response.JsonAsync(Json.NetworksPruneResponse, cancellationToken)).NetworksDeleted ?? [];
    }

    private static string On(string network, string verb) => $"/networks/{Uri.EscapeDataString(network)}{verb}";
}
