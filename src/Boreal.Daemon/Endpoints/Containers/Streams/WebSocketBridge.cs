using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>A process's streams on a WebSocket: output in binary messages without frames, messages of either kind are input.</summary>
internal static class WebSocketBridge
{
    // RFC 6455, section 1.3.
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int BufferSize = 32 * 1024;

    /// <summary>The handshake's answer; 400 when the request is none.</summary>
    public static string Answer(HttpRequest request)
    {
        var key = request.Headers["Sec-WebSocket-Key"].ToString();
        if (key.Length == 0 || !request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
            throw new EngineException(ErrorKind.Invalid, "not a WebSocket handshake: Upgrade: websocket and Sec-WebSocket-Key are missing");
        // SHA-1 is what the protocol says; it proves nothing but that the server speaks it.
#pragma warning disable CA5350
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
#pragma warning restore CA5350
        return $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
    }

    public static async Task ExchangeAsync(HijackedConnection client, Stream process, bool framed, Action inputEnded)
    {
        using var socket = WebSocket.CreateFromStream(client.Stream, new WebSocketCreationOptions { IsServer = true });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(client.Gone);
        var input = ReceiveAsync(socket, process, inputEnded, over.Token);
        try
        {
            await SendAsync(socket, process, framed, client.Gone);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, client.Gone);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            // The client left; what is sent has no other reader.
        }
        await over.CancelAsync();
        await input;
    }

    private static async Task SendAsync(WebSocket socket, Stream process, bool framed, CancellationToken gone)
    {
        if (framed)
        {
            var payload = new ArrayBufferWriter<byte>(BufferSize);
            while (await StdioFrame.ReadAsync(process, payload, gone))
                await socket.SendAsync(payload.WrittenMemory, WebSocketMessageType.Binary, endOfMessage: true, gone);
            return;
        }
        var buffer = new byte[BufferSize];
        for (int read; (read = await process.ReadAsync(buffer, gone)) > 0;)
            await socket.SendAsync(buffer.AsMemory(0, read), WebSocketMessageType.Binary, endOfMessage: true, gone);
    }

    private static async Task ReceiveAsync(WebSocket socket, Stream process, Action inputEnded, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (true)
            {
                var message = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (message.MessageType is WebSocketMessageType.Close)
                    break;
                await process.WriteAsync(buffer.AsMemory(0, message.Count), cancellationToken);
            }
            inputEnded();
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side left: no more input either way.
        }
    }
}
