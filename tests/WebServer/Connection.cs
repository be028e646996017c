using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Boreal.Tests.WebServer;

/// <summary>One connection and its requests, one after the other.</summary>
internal sealed class Connection(NetworkStream stream, Settings settings, TimeProvider time, CancellationToken stopping)
{
    // Who keeps a connection and says nothing for so long after the stop signal is not waited for.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    // Of the server, not of this connection.
    private static volatile bool _isSick;

    public async Task ServeAsync()
    {
        try
        {
            using (stream)
            {
                while (await ReadHeadAsync() is { } head && await AnswerAsync(head))
                {
                    // The next one.
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidDataException or OperationCanceledException or WebSocketException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }
    }

    /// <returns>Whether another request may follow.</returns>
    private async Task<bool> AnswerAsync(RequestHead head)
    {
        if (head.WebSocketKey.Length > 0)
        {
            await EchoAsync(head.WebSocketKey);
            return false;
        }
        var body = $"{settings.Host} {settings.Version}\n";
        var status = "200 OK";
        switch (head.Path)
        {
            case "/slow":
                await Task.Delay(TimeSpan.FromMilliseconds(head.Number("ms")), time, CancellationToken.None);
                break;
            case "/upload":
                body = $"{settings.Host} {settings.Version} {await CountAsync(head.Length)}\n";
                break;
            case "/burn":
                Burn(head.Number("million"));
                break;
            case "/sicken":
                _isSick = true;
                break;
            case "/health" when settings.FailsHealth || _isSick:
                status = "503 Unwell";
                break;
        }
        var isKept = head.IsKept && !stopping.IsCancellationRequested;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: {(isKept ? "keep-alive" : "close")}\r\n\r\n{body}"));
        return isKept;
    }

    private async Task<RequestHead?> ReadHeadAsync()
    {
        using var patience = new CancellationTokenSource();
        await using var ending = stopping.Register(() => patience.CancelAfter(LastWords));
        var lines = new List<string>();
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            if (await stream.ReadAsync(one, patience.Token) == 0)
                return null;
            if (one[0] is not (byte)'\n')
            {
                line.Append((char)one[0]);
                continue;
            }
            var text = line.ToString().TrimEnd('\r');
            line.Clear();
            if (text.Length == 0)
                return RequestHead.Parse(lines);
            lines.Add(text);
        }
    }

    private async Task<long> CountAsync(long length)
    {
        var buffer = new byte[16 * 1024];
        long count = 0;
        while (count < length && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - count))) is > 0 and var read)
            count += read;
        return count;
    }

    /// <summary>Processor time, however much of a processor there is: what a page costs.</summary>
    private static void Burn(int million)
    {
        var state = 88172645463325252UL;
        for (var round = 0L; round < million * 1_000_000L; round++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
        GC.KeepAlive(state);
    }

    private async Task EchoAsync(string key)
    {
        var accept = Convert.ToBase64String(Sha1.Hash(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        using var web = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        await using var ending = stopping.Register(() => _ = LeaveAsync(web));
        var buffer = new byte[4096];
        while (true)
        {
            var message = await web.ReceiveAsync(buffer, CancellationToken.None);
            if (message.MessageType is WebSocketMessageType.Close)
                break;
            await web.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
        }
        if (web.State is WebSocketState.CloseReceived)
            await web.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    /// <summary>What has been said is answered first: the client closes after the word that this server leaves.</summary>
    private static async Task LeaveAsync(WebSocket web)
    {
        try
        {
            await web.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "", CancellationToken.None);
        }
        catch (WebSocketException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }
    }
}
