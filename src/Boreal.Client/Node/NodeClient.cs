using System.Runtime.CompilerServices;
using System.Text.Json;
using Boreal.Api.Node;
using Boreal.Client.Images;
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

    /// <summary>The node's description as the daemon wrote it.</summary>
    public Task<JsonElement> DescribeAsync(CancellationToken cancellationToken = default) => _channel.JsonAsync(new ApiRequest("GET", "/info"), cancellationToken);

    /// <summary>What takes room on disk.</summary>
    public Task<JsonElement> DiskUsageAsync(CancellationToken cancellationToken = default) =>
        _channel.JsonAsync(new ApiRequest("GET", "/system/df"), cancellationToken);

    /// <summary>Tries an account at a registry; the answer has <c>Status</c> and, where the registry gives one, an <c>IdentityToken</c>.</summary>
    public Task<JsonElement> LoginAsync(RegistryAuth auth, CancellationToken cancellationToken = default) =>
        _channel.JsonAsync(new ApiRequest("POST", "/auth").WithJson(auth, RegistryAuthJsonContext.Default.RegistryAuth), cancellationToken);

    /// <summary>Events as they happen, from <paramref name="since"/> on; ends at <paramref name="until"/> when it is given.</summary>
    public async IAsyncEnumerable<JsonElement> EventsAsync(
        string? since, string? until, FilterQuery filters, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("GET", "/events").With("since", since).With("until", until).With("filters", filters.ToJson());
        await using var response = await _channel.SendAsync(request, cancellationToken);
        await foreach (var message in JsonSerializer.DeserializeAsyncEnumerable(response.Body, EventJsonContext.Default.JsonElement, topLevelValues: true, cancellationToken))
            yield return message;
    }
}
