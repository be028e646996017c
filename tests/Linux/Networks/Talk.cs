using System.Net;
using System.Net.Sockets;
using System.Text;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Networks;

/// <summary>One question and one answer over a socket, each with a deadline.</summary>
internal static class Talk
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    /// <summary>Accepts one connection, answers with who asked, and gives that address.</summary>
    public static async Task<IPAddress> AnswerOnceAsync(Socket listener)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var accepted = await listener.AcceptAsync(deadline.Token);
        await EchoAsync(accepted, deadline.Token);
        return ((IPEndPoint)accepted.RemoteEndPoint!).Address;
    }

    public static async Task<string> AskAsync(Socket socket, string question)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await socket.SendAsync(Encoding.UTF8.GetBytes(question), deadline.Token);
        return await ReadAsync(socket, deadline.Token);
    }

    /// <summary>Reads datagrams until one is <paramref name="expected"/>.</summary>
    public static async Task AwaitAsync(Socket socket, string expected)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (await ReadAsync(socket, deadline.Token) != expected) { }
    }

    private static async Task<string> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, cancellationToken));
    }

    public static async Task EchoAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        var count = await socket.ReceiveAsync(buffer, cancellationToken);
        await socket.SendAsync(buffer.AsMemory(0, count), cancellationToken);
    }

    public static async Task EchoDatagramsAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[2048];
        while (true)
        {
            var datagram = await socket.ReceiveFromAsync(buffer.AsMemory(), new IPEndPoint(IPAddress.Any, 0), cancellationToken);
            await socket.SendToAsync(buffer.AsMemory(0, datagram.ReceivedBytes), datagram.RemoteEndPoint, cancellationToken);
        }
    }
}
