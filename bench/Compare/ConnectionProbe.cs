using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Bench.Compare;

/// <summary>A server that sends as many bytes as it is asked for and closes, and clients that ask it.</summary>
internal static class ConnectionProbe
{
    public const string Verb = "serve-connections";

    private const int Lanes = 4;
    private const int QuestionBytes = 8;

    /// <summary>Serves in the network namespace it runs in, until it is killed.</summary>
    public static async Task ServeAsync(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        listener.Listen(1024);
        while (true) _ = AnswerAsync(await listener.AcceptAsync());
    }

    /// <summary>So many connections of one byte each, four at a time; gives the milliseconds they took.</summary>
    public static double Connect(IPEndPoint target, int connections)
    {
        var start = Stopwatch.GetTimestamp();
        var lanes = Enumerable.Range(0, Lanes).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < connections / Lanes; i++) Ask(target, 1);
        })).ToList();
        foreach (var lane in lanes) lane.Start();
        foreach (var lane in lanes) lane.Join();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>One connection that carries so many bytes; gives the milliseconds it took.</summary>
    public static double Receive(IPEndPoint target, long bytes)
    {
        var start = Stopwatch.GetTimestamp();
        Ask(target, bytes);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Ask(IPEndPoint target, long bytes)
    {
        using var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(target);
        var question = new byte[QuestionBytes];
        BinaryPrimitives.WriteInt64LittleEndian(question, bytes);
        socket.Send(question);
        var buffer = new byte[Math.Min(bytes, 256 << 10) + 1];
        for (var left = bytes; left > 0;)
        {
            var count = socket.Receive(buffer);
            if (count == 0) throw new InvalidOperationException($"the server closed {left} bytes early");
            left -= count;
        }
    }

    private static async Task AnswerAsync(Socket accepted)
    {
        using var socket = accepted;
        var buffer = new byte[256 << 10];
        await socket.ReceiveAsync(buffer.AsMemory(0, QuestionBytes));
        for (var left = BinaryPrimitives.ReadInt64LittleEndian(buffer); left > 0;) left -= await socket.SendAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
    }
}
