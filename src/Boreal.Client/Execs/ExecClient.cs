using Boreal.Api.Execs;
using Boreal.Client.Transport;

namespace Boreal.Client.Execs;

/// <summary>Further processes in running containers.</summary>
public sealed class ExecClient
{
    private readonly ApiChannel _channel;

    internal ExecClient(ApiChannel channel) => _channel = channel;

    public async Task<string> CreateAsync(string container, ExecCreateRequest exec, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("POST", $"/containers/{Uri.EscapeDataString(container)}/exec").WithJson(exec, ExecsJsonContext.Default.ExecCreateRequest);
        await using var response = await _channel.SendAsync(request, cancellationToken);
        return (await response.JsonAsync(ExecsJsonContext.Default.ExecCreateResponse, cancellationToken)).Id;
    }

    /// <summary>Starts it and takes its streams.</summary>
    public Task<HijackedStream> StartAsync(string exec, ExecStartRequest start, CancellationToken cancellationToken = default) =>
        _channel.HijackAsync(Start(exec, start), cancellationToken);

    /// <summary>Starts it in the background.</summary>
    public async Task StartDetachedAsync(string exec, ExecStartRequest start, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(Start(exec, start), cancellationToken);

    public async Task<ExecInspect> InspectAsync(string exec, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", $"/exec/{exec}/json"), cancellationToken);
        return await response.JsonAsync(ExecsJsonContext.Default.ExecInspect, cancellationToken);
    }

    public async Task ResizeAsync(string exec, ushort rows, ushort columns, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(new ApiRequest("POST", $"/exec/{exec}/resize").With("h", $"{rows}").With("w", $"{columns}"), cancellationToken);

    private static ApiRequest Start(string exec, ExecStartRequest start) =>
        new ApiRequest("POST", $"/exec/{exec}/start").WithJson(start, ExecsJsonContext.Default.ExecStartRequest);
}
