using System.Net.Sockets;
using System.Text;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Functional.Door;

/// <summary>A client that says exactly what it is told, byte for byte.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly Socket _socket;

    private RawClient(Socket socket) => _socket = socket;

    public Socket Socket => _socket;

    public static RawClient Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return new RawClient(socket);
    }

    public async Task SendAsync(string text)
    {
        for (var rest = (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(text); !rest.IsEmpty;)
            rest = rest[await _socket.SendAsync(rest, TestContext.Current.CancellationToken)..];
    }

    /// <summary>As every <c>docker run x | cat</c> does at once.</summary>
    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads until the text has come; fails when the connection ends or nothing comes.</summary>
    public async Task<string> ReadUntilAsync(string end)
    {
        var read = new StringBuilder();
        var buffer = new byte[1];
        while (!read.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await ReadAsync(buffer) == 0)
                throw new EndOfStreamException($"the connection ended after: {read}");
            read.Append((char)buffer[0]);
        }
        return read.ToString();
    }

    public async Task<string> ReadToEndAsync()
    {
        var read = new StringBuilder();
        var buffer = new byte[4096];
        for (int count; (count = await ReadAsync(buffer)) > 0;)
            read.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return read.ToString();
    }

    public async Task<int> ReadAsync(Memory<byte> buffer)
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _socket.ReceiveAsync(buffer, limit.Token);
    }

    public void Dispose() => _socket.Dispose();
}
