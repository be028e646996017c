using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Boreal.Oci.Content;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Linux.Transfers;

/// <summary>A registry in memory that does what it is told, wrong things too.</summary>
internal sealed class RemoteRegistry : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new();
    private readonly Task _serving;

    public RemoteRegistry()
    {
        var port = FreePort.Find();
        Address = $"127.0.0.1:{port}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>By <c>name:tag</c> and <c>name@digest</c>.</summary>
    public ConcurrentDictionary<string, (string Type, byte[] Content)> Manifests { get; } = new();

    /// <summary>By <c>name@digest</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>Blobs that can only be had up to a byte, where answers break off.</summary>
    public ConcurrentDictionary<Digest, int> Cuts { get; } = new();

    /// <summary>What every answer wants people to read.</summary>
    public string? Warning { get; set; }

    /// <summary>Blobs wait for it before their last byte.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How many of the next PATCH requests fail.</summary>
    public int FailingPatches { get; set; }

    /// <summary>Method, path and query, and the range asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Fetches(Digest digest) => Requests.Count(request => request.StartsWith("GET ", StringComparison.Ordinal) && request.Contains(digest.Value, StringComparison.Ordinal));

    public void Add(string name, string tag, string type, byte[] manifest)
    {
        Manifests[$"{name}:{tag}"] = (type, manifest);
        Manifests[$"{name}@{Digest.OfSha256(manifest)}"] = (type, manifest);
    }

    public async ValueTask DisposeAsync()
    {
        // Once only: after Stop, Close would bind the port again to find what there is to remove.
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var running = new List<Task>();
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                running.Add(Task.Run(() => AnswerAsync(context)));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(running);
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        Requests.Enqueue($"{request.HttpMethod} {request.RawUrl} {request.Headers["Range"]}".TrimEnd());
        try
        {
            if (Warning is not null)
                response.AddHeader("Warning", $"299 - \"{Warning}\"");
            var parts = (request.Url?.AbsolutePath ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
            if (parts.Length == 0)
                response.StatusCode = 200;
            else if (parts[^2] == "manifests")
                await ManifestAsync(string.Join('/', parts[..^2]), parts[^1], request, response);
            else if (parts[^2] == "blobs" && parts[^1] != "uploads")
                await BlobAsync(string.Join('/', parts[..^2]), Digest.Parse(parts[^1]), request, response);
            else if (parts[^1] == "list")
                await JsonAsync(response, $$"""{"tags":[{{string.Join(',', Manifests.Keys.Where(key => key.StartsWith($"{parts[0]}:", StringComparison.Ordinal)).Order().Select(key => $"\"{key.Split(':')[1]}\""))}}]}""");
            else
                await UploadAsync(parts, request, response);
            response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            response.Abort();
        }
    }

    private async Task ManifestAsync(string name, string reference, HttpListenerRequest request, HttpListenerResponse response)
    {
        if (request.HttpMethod == "PUT")
        {
            Add(name, reference, request.ContentType ?? "", await ReadAsync(request));
            response.StatusCode = 201;
            return;
        }

        if (!Manifests.TryGetValue(reference.Contains(':') ? $"{name}@{reference}" : $"{name}:{reference}", out var manifest))
        {
            response.StatusCode = 404;
            await JsonAsync(response, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
            return;
        }

        response.ContentType = manifest.Type;
        response.Headers["Docker-Content-Digest"] = Digest.OfSha256(manifest.Content).Value;
        response.ContentLength64 = manifest.Content.Length;
        if (request.HttpMethod == "GET")
            await response.OutputStream.WriteAsync(manifest.Content);
    }

    private async Task BlobAsync(string name, Digest digest, HttpListenerRequest request, HttpListenerResponse response)
    {
        if (!Blobs.TryGetValue($"{name}@{digest}", out var content))
        {
            response.StatusCode = 404;
            return;
        }

        var from = request.Headers["Range"] is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), null) : 0;
        if (from > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        response.ContentLength64 = content.Length - from;
        if (request.HttpMethod != "GET" || content.Length == from)
            return;
        if (Cuts.TryGetValue(digest, out var cut))
        {
            await response.OutputStream.WriteAsync(content.AsMemory(from, Math.Max(0, Math.Min(cut, content.Length) - from)));
            await response.OutputStream.FlushAsync();
            response.Abort();
            return;
        }

        await response.OutputStream.WriteAsync(content.AsMemory(from, content.Length - from - 1));
        await Gate;
        await response.OutputStream.WriteAsync(content.AsMemory(content.Length - 1));
    }

    private async Task UploadAsync(string[] parts, HttpListenerRequest request, HttpListenerResponse response)
    {
        var name = string.Join('/', parts[..Array.IndexOf(parts, "blobs")]);
        var id = parts[^1];
        if (request.HttpMethod == "POST")
        {
            if (request.QueryString["mount"] is { } mount && Blobs.TryGetValue($"{request.QueryString["from"]}@{mount}", out var known))
            {
                Blobs[$"{name}@{mount}"] = known;
                response.StatusCode = 201;
                return;
            }

            _uploads[id = Guid.NewGuid().ToString("N")] = new MemoryStream();
            response.StatusCode = 202;
        }
        else if (request.HttpMethod == "PATCH" && FailingPatches-- > 0)
        {
            response.StatusCode = 500;
            return;
        }
        else
        {
            _uploads[id].Write(await ReadAsync(request));
            response.StatusCode = request.HttpMethod == "PUT" ? 201 : 202;
            if (request.HttpMethod == "PUT")
            {
                var content = _uploads[id].ToArray();
                var digest = Digest.Parse(request.QueryString["digest"] ?? "");
                if (Digest.Of(digest.Algorithm, content) == digest)
                    Blobs[$"{name}@{digest}"] = content;
                else
                    response.StatusCode = 400;
            }
        }

        response.Headers["Location"] = $"/v2/{name}/blobs/uploads/{id}";
        response.Headers["Range"] = $"0-{Math.Max(0, _uploads[id].Length - 1)}";
    }

    private static async Task<byte[]> ReadAsync(HttpListenerRequest request)
    {
        var content = new MemoryStream();
        await request.InputStream.CopyToAsync(content);
        return content.ToArray();
    }

    private static async Task JsonAsync(HttpListenerResponse response, string text)
    {
        response.ContentType = "application/json";
        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
    }
}
