using System.Net;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>A server with one answer: what is said on every path but <c>/v2/</c>, whatever is asked.</summary>
public sealed class FixedAnswers : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _content;
    private readonly string _mediaType;
    private readonly Task _answering;

    public FixedAnswers(byte[] content, string mediaType)
    {
        _content = content;
        _mediaType = mediaType;
        var port = FreePort.Find();
        Address = $"127.0.0.1:{port}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _answering = AnswerAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            using var response = context.Response;
            if (context.Request.Url?.AbsolutePath is "/v2/") continue;
            response.ContentType = _mediaType;
            response.Headers["Docker-Content-Digest"] = RawRegistry.DigestOf(_content);
            response.ContentLength64 = _content.Length;
            if (context.Request.HttpMethod is "HEAD") continue;
            try
            {
                await response.OutputStream.WriteAsync(_content);
            }
            catch (HttpListenerException)
            {
                // The client has read enough.
            }
        }
    }
}
