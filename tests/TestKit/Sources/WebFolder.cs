using System.Net;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.TestKit.Sources;

/// <summary>Serves the files of a folder, to those who say the right thing if there is one to say.</summary>
public sealed class WebFolder : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;
    private readonly string? _authorization;
    private readonly Task _answering;

    /// <param name="folder">What is served.</param>
    /// <param name="authorization">The header without which everything is refused.</param>
    public WebFolder(string folder, string? authorization = null)
    {
        (_folder, _authorization) = (folder, authorization);
        Address = $"http://127.0.0.1:{FreePort.Find()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _answering = AnswerAsync();
    }

    /// <summary>Without a slash at the end.</summary>
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
            response.StatusCode = StatusOf(context.Request, out var path);
            if (response.StatusCode != 200) continue;
            var content = await File.ReadAllBytesAsync(path);
            response.ContentLength64 = content.Length;
            if (context.Request.HttpMethod is not "HEAD") await response.OutputStream.WriteAsync(content);
        }
    }

    private int StatusOf(HttpListenerRequest request, out string path)
    {
        path = Path.Join(_folder, request.Url?.AbsolutePath ?? "");
        if (_authorization is not null && request.Headers["Authorization"] != _authorization) return 401;
        return File.Exists(path) ? 200 : 404;
    }
}
