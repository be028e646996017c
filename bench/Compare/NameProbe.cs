using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Boreal.Bench.Compare;

/// <summary>Asks the name server of the network namespace it runs in for one name, many times, and prints the total and the 99th percentile in milliseconds.</summary>
internal static class NameProbe
{
    public const string Verb = "ask-names";

    private const int AnswerCountOffset = 6;

    private static readonly IPEndPoint Server = new(IPAddress.Parse("127.0.0.11"), 53);

    public static string Run(string name, int queries)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        socket.Connect(Server);
        var question = Question(name);
        var answer = new byte[1500];
        var times = new List<double>(queries);
        for (var i = 0; i < queries; i++)
        {
            (question[0], question[1]) = ((byte)(i >> 8), (byte)i);
            var start = Stopwatch.GetTimestamp();
            socket.Send(question);
            socket.Receive(answer);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answer[AnswerCountOffset] == 0 && answer[AnswerCountOffset + 1] == 0) throw new InvalidOperationException($"no address for {name}");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{times.Sum():0.###} {times.Order().ElementAt(queries * 99 / 100):0.####}");
    }

    // A header that asks for recursion and has one question; the name; type A, class IN.
    private static byte[] Question(string name) =>
        [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0, 0, 1, 0, 1];
}
