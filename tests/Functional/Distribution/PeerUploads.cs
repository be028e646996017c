using System.Collections.Concurrent;
using System.Globalization;
using Boreal.Oci.Content;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Distribution;

/// <summary>Upload sessions of a <see cref="PeerRegistry"/>.</summary>
internal sealed class PeerUploads
{
    private readonly ConcurrentDictionary<string, MemoryStream> _sessions = new();
    private int _started;

    /// <summary>Blobs of other repositories that may be mounted.</summary>
    public ConcurrentDictionary<string, string> Mountable { get; } = new();

    /// <summary>After so many bytes of each PATCH the connection is cut; empty for none.</summary>
    public ConcurrentQueue<int> Cuts { get; } = new();

    public void ForgetAll() => _sessions.Clear();

    public async Task AnswerAsync(HttpContext context, ConcurrentDictionary<string, byte[]> blobs)
    {
        var path = (context.Request.Path.Value ?? "").TrimEnd('/');
        if (context.Request.Method == "POST")
        {
            Begin(context, path, blobs);
            return;
        }
        if (!_sessions.TryGetValue(path, out var session))
        {
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status404NotFound, """{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN","message":"blob upload unknown to registry"}]}""");
            return;
        }
        switch (context.Request.Method)
        {
            case "GET":
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                Describe(context, path, session);
                break;
            case "PATCH":
                await AppendAsync(context, path, session);
                break;
            case "PUT":
                await FinishAsync(context, path, session, blobs);
                break;
        }
    }

    private void Begin(HttpContext context, string path, ConcurrentDictionary<string, byte[]> blobs)
    {
        var mount = context.Request.Query["mount"].ToString();
        if (mount.Length > 0 && Mountable.TryGetValue(mount, out var owner) && owner == context.Request.Query["from"])
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            blobs.TryAdd(mount, []);
            return;
        }
        var address = string.Create(CultureInfo.InvariantCulture, $"{path}/{Interlocked.Increment(ref _started)}");
        var session = _sessions[address] = new MemoryStream();
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        Describe(context, address, session);
    }

    private async Task AppendAsync(HttpContext context, string path, MemoryStream session)
    {
        var range = context.Request.Headers.ContentRange.ToString();
        if (range.Length > 0 && long.Parse(range.Split('-')[0], CultureInfo.InvariantCulture) != session.Length)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }
        var cut = Cuts.TryDequeue(out var bytes) ? bytes : int.MaxValue;
        var buffer = new byte[4096];
        while (true)
        {
            var count = await context.Request.Body.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, cut)), context.RequestAborted);
            session.Write(buffer, 0, count);
            cut -= count;
            if (cut == 0)
            {
                context.Abort();
                return;
            }
            if (count == 0)
                break;
        }
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        Describe(context, path, session);
    }

    private async Task FinishAsync(HttpContext context, string path, MemoryStream session, ConcurrentDictionary<string, byte[]> blobs)
    {
        await context.Request.Body.CopyToAsync(session, context.RequestAborted);
        var content = session.ToArray();
        var digest = context.Request.Query["digest"].ToString();
        _sessions.TryRemove(path, out _);
        if (Digest.OfSha256(content).Value != digest)
        {
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status400BadRequest, """{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match uploaded content"}]}""");
            return;
        }
        blobs[digest] = content;
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private static void Describe(HttpContext context, string address, MemoryStream session)
    {
        context.Response.Headers.Location = $"{address}?_state=a%2Fb";
        context.Response.Headers.Range = $"0-{Math.Max(session.Length - 1, 0)}";
    }
}
