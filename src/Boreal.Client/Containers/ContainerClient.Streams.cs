using System.Runtime.CompilerServices;
using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Client.Streams;
using Boreal.Client.Transport;

namespace Boreal.Client.Containers;

/// <summary>What lasts: waiting, attached streams, logs, samples, archives of whole containers.</summary>
public sealed partial class ContainerClient
{
    /// <summary>Begins to wait; the daemon has registered the wait when this returns. The wait's result is the inner task.</summary>
    public async Task<Task<ContainerWaitResponse>> BeginWaitAsync(string container, string? condition = null, CancellationToken cancellationToken = default)
    {
        var response = await _channel.SendAsync(new ApiRequest("POST", On(container, "/wait")).With("condition", condition), cancellationToken);
        return FinishAsync();

        async Task<ContainerWaitResponse> FinishAsync()
        {
            await using (response) return await response.JsonAsync(Json.ContainerWaitResponse, cancellationToken);
        }
    }

    public Task<HijackedStream> AttachAsync(string container, AttachQuery query, CancellationToken cancellationToken = default) =>
        _channel.HijackAsync(
            new ApiRequest("POST", On(container, "/attach"))
                .With("stream", true).With("stdin", query.Stdin).With("stdout", query.Stdout).With("stderr", query.Stderr)
                .With("detachKeys", query.DetachKeys is { Length: > 0 } keys ? keys : null),
            cancellationToken);

    /// <summary>Log lines, in stdout and stderr frames unless the container has a terminal.</summary>
    public Task<DownloadStream> LogsAsync(string container, LogQuery query, CancellationToken cancellationToken = default) =>
        DownloadAsync(
            new ApiRequest("GET", On(container, "/logs"))
                .With("stdout", query.Stdout).With("stderr", query.Stderr).With("follow", query.Follow)
                .With("timestamps", query.Timestamps).With("details", query.Details)
                .With("since", query.Since).With("until", query.Until).With("tail", query.Tail),
            cancellationToken);

    /// <summary>The whole file system as a tar.</summary>
    public Task<DownloadStream> ExportAsync(string container, CancellationToken cancellationToken = default) =>
        DownloadAsync(new ApiRequest("GET", On(container, "/export")), cancellationToken);

    public async Task<ContainerTop> TopAsync(string container, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("GET", On(container, "/top")).With("ps_args", arguments.Count > 0 ? string.Join(' ', arguments) : null);
        await using var response = await _channel.SendAsync(request, cancellationToken);
        return await response.JsonAsync(Json.ContainerTop, cancellationToken);
    }

    public async Task<IReadOnlyList<FilesystemChange>> ChangesAsync(string container, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", On(container, "/changes")), cancellationToken);
        // No change is null, not an empty list.
        return await JsonSerializer.DeserializeAsync(response.Body, Json.IReadOnlyListFilesystemChange, cancellationToken) ?? [];
    }

    /// <summary>Samples, about one a second; without <paramref name="stream"/> one, or the first at once.</summary>
    public async IAsyncEnumerable<ContainerStats> StatsAsync(string container, bool stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("GET", On(container, "/stats")).With("stream", stream ? "1" : "0");
        await using var response = await _channel.SendAsync(request, cancellationToken);
        await foreach (var sample in JsonSerializer.DeserializeAsyncEnumerable(response.Body, Json.ContainerStats, topLevelValues: true, cancellationToken))
        {
            if (sample is not null) yield return sample;
        }
    }

    /// <summary>Makes an image of the container's file system; its id.</summary>
    public async Task<string> CommitAsync(CommitQuery query, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("POST", "/commit")
            .With("container", query.Container).With("repo", query.Repository).With("tag", query.Tag)
            .With("comment", query.Comment).With("author", query.Author).With("pause", query.Pause ? null : "0")
            .WithEach("changes", query.Changes)
            .WithJson(new ContainerConfig(), Json.ContainerConfig);
        await using var response = await _channel.SendAsync(request, cancellationToken);
        return (await response.JsonAsync(Json.ContainerCreateResponse, cancellationToken)).Id;
    }

    private async Task<DownloadStream> DownloadAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new(await _channel.SendAsync(request, cancellationToken));
}
