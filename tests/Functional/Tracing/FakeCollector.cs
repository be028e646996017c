using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Functional.Tracing;

/// <summary>Takes spans as a collector does, by OTLP over HTTP.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public FakeCollector()
    {
        Endpoint = new Uri($"http://127.0.0.1:{FreePort.Find()}/v1/traces");
        _listener.Prefixes.Add($"http://127.0.0.1:{Endpoint.Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = 200;

    public ConcurrentQueue<(string Path, string? ContentType, string? Key)> Requests { get; } = [];

    public ConcurrentQueue<JsonElement> Spans { get; } = [];

    public ConcurrentQueue<JsonElement> Resources { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var document = await JsonDocument.ParseAsync(context.Request.InputStream);
            Requests.Enqueue((context.Request.Url?.AbsolutePath ?? "", context.Request.ContentType, context.Request.Headers["x-key"]));
            foreach (var resource in document.RootElement.GetProperty("resourceSpans").EnumerateArray())
            {
                Resources.Enqueue(resource.GetProperty("resource").Clone());
                foreach (var span in resource.GetProperty("scopeSpans").EnumerateArray().SelectMany(scope => scope.GetProperty("spans").EnumerateArray()))
                    Spans.Enqueue(span.Clone());
            }
            context.Response.StatusCode = Status;
            context.Response.Close();
        }
    }
}
