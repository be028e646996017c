using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>
/// Messages that must come back, over sockets that stay open. A server that says that it leaves is left, and the message goes to
/// another; a socket that breaks without a word is a failure.
/// </summary>
internal sealed class WebSockets(IPEndPoint target) : ITraffic
{
    private readonly ConcurrentQueue<ClientWebSocket> _resting = new();
    private int _asked;

    public string Name => "web socket";

    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        var message = $"message {Interlocked.Increment(ref _asked)}";
        while (true)
        {
            var socket = await TakeAsync(cancellationToken);
            var isKept = false;
            try
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
                var buffer = new byte[1024];
                var answer = await socket.ReceiveAsync(buffer, cancellationToken);
                if (answer.MessageType is WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancellationToken);
                    continue;
                }
                var text = Encoding.ASCII.GetString(buffer, 0, answer.Count);
                if (text != message)
                    throw new IOException($"'{text}' came back for '{message}'");
                isKept = true;
                return "";
            }
            finally
            {
                if (isKept)
                    _resting.Enqueue(socket);
                else
                    socket.Dispose();
            }
        }
    }

    public void Dispose()
    {
        while (_resting.TryDequeue(out var socket))
            socket.Dispose();
    }

    private async Task<ClientWebSocket> TakeAsync(CancellationToken cancellationToken)
    {
        if (_resting.TryDequeue(out var resting))
            return resting;
        var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{target}/echo"), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
