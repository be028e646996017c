using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Boreal.Tests.WebServer;

/// <summary>The same program as a health check: whether the server in this container says it is well.</summary>
internal static class HealthProbe
{
    public static async Task<int> RunAsync(ushort port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync("GET /health HTTP/1.0\r\n\r\n"u8.ToArray());
            using var reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
            var first = await reader.ReadLineAsync() ?? "no answer";
            Console.WriteLine(first);
            return first.Contains(" 200 ", StringComparison.Ordinal) ? 0 : 1;
        }
        catch (SocketException exception)
        {
            Console.WriteLine(exception.Message);
            return 1;
        }
    }
}
