using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>A connection with nothing between the test and the wire: no retry, no pool, nothing that hides a failure.</summary>
internal sealed class HttpLink : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private HttpLink(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    /// <summary>Another request may follow; false also when the server has closed it meanwhile.</summary>
    public bool IsOpen { get; private set; } = true;

    public bool IsClosedByServer => _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;

    public static async Task<HttpLink> OpenAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new HttpLink(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(string text, CancellationToken cancellationToken) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);

    /// <summary>The body of the next answer, which must be 200.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var count = 0;
        int end;
        while ((end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
            count += await MoreAsync(buffer.AsMemory(count), cancellationToken);
        var head = Encoding.ASCII.GetString(buffer, 0, end);
        var body = end + 4;
        var length = int.Parse(Header(head, "content-length") ?? throw new InvalidDataException($"an answer without length: {head}"), CultureInfo.InvariantCulture);
        while (count < body + length)
            count += await MoreAsync(buffer.AsMemory(count), cancellationToken);
        IsOpen = Header(head, "connection") is not "close";
        var text = Encoding.UTF8.GetString(buffer, body, length);
        return head.Split(' ')[1] == "200" ? text : throw new IOException($"answered {head.Split('\r')[0]}: {text}");
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<int> MoreAsync(Memory<byte> into, CancellationToken cancellationToken) =>
        await _stream.ReadAsync(into, cancellationToken) is > 0 and var read ? read : throw new IOException("closed before the end of the answer");

    private static string? Header(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
