using System.Text;
using Boreal.Daemon.Connections;

namespace Boreal.Daemon.Http;

/// <summary>Turns a request into a raw two-way stream, as attach and exec do.</summary>
internal static class Hijack
{
    private const string Multiplexed = "application/vnd.docker.multiplexed-stream";
    private const string Raw = "application/vnd.docker.raw-stream";
    private static readonly ApiVersion NamesMultiplexed = new(1, 42);

    /// <summary>
    /// Ends HTTP on this request's connection. A client that asked to upgrade gets 101, any other 200 and the same raw
    /// stream. Read the body before; fail before: afterwards errors can only be text in the stream.
    /// <paramref name="multiplexed"/>: frames with headers follow (no terminal), which newer clients are told.
    /// </summary>
    public static async Task<HijackedConnection> AcceptAsync(HttpContext context, bool multiplexed)
    {
        var request = context.Request;
        if (JsonBody.HasBody(request))
            await request.Body.CopyToAsync(Stream.Null);

        var upgrade = request.Headers.Upgrade.Count > 0;
        var head = new StringBuilder(256);
        head.Append(upgrade ? "HTTP/1.1 101 UPGRADED\r\n" : "HTTP/1.1 200 OK\r\n");
        head.Append("Content-Type: ").Append(upgrade && multiplexed && context.ApiVersion() >= NamesMultiplexed ? Multiplexed : Raw).Append("\r\n");
        if (upgrade)
            head.Append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
        foreach (var header in context.Response.Headers)
            head.Append(header.Key).Append(": ").Append(header.Value.ToString()).Append("\r\n");
        head.Append("\r\n");
        return await TakeOverAsync(context, head.ToString());
    }

    /// <summary>As <see cref="AcceptAsync"/>, with an answer's head of the caller's own (a WebSocket's).</summary>
    public static async Task<HijackedConnection> TakeOverAsync(HttpContext context, string head)
    {
        var connection = context.Connection();
        var gone = connection.Gone;
        var stream = connection.TakeOver();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), gone);
        return new HijackedConnection(connection, stream, gone);
    }
}
