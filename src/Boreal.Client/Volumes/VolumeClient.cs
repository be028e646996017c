using Boreal.Api.Volumes;
using Boreal.Client.Transport;

namespace Boreal.Client.Volumes;

/// <summary>Volumes on the daemon, by name.</summary>
public sealed class VolumeClient
{
    private readonly ApiChannel _channel;

    internal VolumeClient(ApiChannel channel) => _channel = channel;

    private static VolumesJsonContext Json => VolumesJsonContext.Default;

    public async Task<VolumeListResponse> ListAsync(FilterQuery filters, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", "/volumes").With("filters", filters.ToJson()), cancellationToken);
        return await response.JsonAsync(Json.VolumeListResponse, cancellationToken);
    }

    public async Task<Volume> CreateAsync(VolumeCreateRequest volume, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("POST", "/volumes/create").WithJson(volume, Json.VolumeCreateRequest), cancellationToken);
        return await response.JsonAsync(Json.Volume, cancellationToken);
    }

    /// <summary>The inspection as the daemon wrote it.</summary>
    public async Task<byte[]> InspectRawAsync(string volume, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", On(volume)), cancellationToken);
        return await response.BytesAsync(cancellationToken);
    }

    /// <summary>Forced, one that does not exist is no error.</summary>
    public async Task RemoveAsync(string volume, bool force = false, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(new ApiRequest("DELETE", On(volume)).With("force", force), cancellationToken);

    /// <summary>Removes volumes that no container has: those that nobody named, with the filter <c>all=true</c> every one.</summary>
    public async Task<VolumesPruneResponse> PruneAsync(FilterQuery filters, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("POST", "/volumes/prune").With("filters", filters.ToJson()), cancellationToken);
        return await response.JsonAsync(Json.VolumesPruneResponse, cancellationToken);
    }

    private static string On(string volume) => $"/volumes/{Uri.EscapeDataString(volume)}";
}
