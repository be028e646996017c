using Boreal.Api.Containers;
using Boreal.Client.Transport;

namespace Boreal.Client.Containers;

/// <summary>Containers: life cycle and listing. Ids and names are accepted alike.</summary>
public sealed partial class ContainerClient
{
    private readonly ApiChannel _channel;

    internal ContainerClient(ApiChannel channel) => _channel = channel;

    private static ContainersJsonContext Json => ContainersJsonContext.Default;

    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(ContainerListQuery query, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("GET", "/containers/json")
            .With("all", query.All)
            .With("size", query.Size)
            .With("limit", query.Limit > 0 ? $"{query.Limit}" : null)
            .With("filters", query.Filters.ToJson());
        await using var response = await _channel.SendAsync(request, cancellationToken);
        return await response.JsonAsync(Json.IReadOnlyListContainerSummary, cancellationToken);
    }

    public async Task<ContainerCreateResponse> CreateAsync(
        ContainerCreateRequest container, string? name, string? platform, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("POST", "/containers/create")
            .With("name", name is { Length: > 0 } ? name : null)
            .With("platform", platform is { Length: > 0 } ? platform : null)
            .WithJson(container, Json.ContainerCreateRequest);
        await using var response = await _channel.SendAsync(request, cancellationToken);
        return await response.JsonAsync(Json.ContainerCreateResponse, cancellationToken);
    }

    public async Task<ContainerInspect> InspectAsync(string container, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", On(container, "/json")), cancellationToken);
        return await response.JsonAsync(Json.ContainerInspect, cancellationToken);
    }

    /// <summary>The inspection as the daemon wrote it.</summary>
    public async Task<byte[]> InspectRawAsync(string container, bool size, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", On(container, "/json")).With("size", size), cancellationToken);
        return await response.BytesAsync(cancellationToken);
    }

    /// <summary>False when it ran already.</summary>
    public async Task<bool> StartAsync(string container, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(new ApiRequest("POST", On(container, "/start")), cancellationToken) is not 304;

    public Task StopAsync(string container, string? signal = null, int? timeoutSeconds = null, CancellationToken cancellationToken = default) =>
        PostAsync(container, "/stop", cancellationToken, ("signal", signal), ("t", Seconds(timeoutSeconds)));

    public Task RestartAsync(string container, string? signal = null, int? timeoutSeconds = null, CancellationToken cancellationToken = default) =>
        PostAsync(container, "/restart", cancellationToken, ("signal", signal), ("t", Seconds(timeoutSeconds)));

    public Task KillAsync(string container, string? signal = null, CancellationToken cancellationToken = default) =>
        PostAsync(container, "/kill", cancellationToken, ("signal", signal));

    public Task PauseAsync(string container, CancellationToken cancellationToken = default) => PostAsync(container, "/pause", cancellationToken);

    public Task UnpauseAsync(string container, CancellationToken cancellationToken = default) => PostAsync(container, "/unpause", cancellationToken);

    public Task RenameAsync(string container, string name, CancellationToken cancellationToken = default) =>
        PostAsync(container, "/rename", cancellationToken, ("name", name));

    public Task ResizeAsync(string container, ushort rows, ushort columns, CancellationToken cancellationToken = default) =>
        PostAsync(container, "/resize", cancellationToken, ("h", $"{rows}"), ("w", $"{columns}"));

    public async Task<IReadOnlyList<string>> UpdateAsync(string container, ContainerUpdateRequest update, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("POST", On(container, "/update")).WithJson(update, Json.ContainerUpdateRequest);
        await using var response = await _channel.SendAsync(request, cancellationToken);
        return (await response.JsonAsync(Json.ContainerUpdateResponse, cancellationToken)).Warnings ?? [];
    }

    public async Task RemoveAsync(string container, bool force = false, bool volumes = false, bool link = false, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(
            new ApiRequest("DELETE", On(container, "")).With("force", force).With("v", volumes).With("link", link), cancellationToken);

    public async Task<ContainersPruneResponse> PruneAsync(FilterQuery filters, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("POST", "/containers/prune").With("filters", filters.ToJson()), cancellationToken);
        return await response.JsonAsync(Json.ContainersPruneResponse, cancellationToken);
    }

    private static string On(string container, string verb) => $"/containers/{Uri.EscapeDataString(container)}{verb}";

    private static string? Seconds(int? seconds) => seconds is { } value ? $"{value}" : null;

    private async Task PostAsync(string container, string verb, CancellationToken cancellationToken, params (string Name, string? Value)[] query)
    {
        var request = new ApiRequest("POST", On(container, verb));
        foreach (var (name, value) in query) request.With(name, value);
        await _channel.CallAsync(request, cancellationToken);
    }
}
