using System.Net.Sockets;
using System.Text;
using Boreal.Client;
using Boreal.Client.Addresses;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Unit.Client;

/// <summary>A unix socket that answers each connection by a script of raw bytes.</summary>
internal sealed class FakeDaemon : IDisposable
{
    public const string Ping = "HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nContent-Length: 0\r\n\r\n";

    private readonly TemporaryDirectory _directory = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public FakeDaemon()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
    }

    public string Path => _directory.File("s");

    public BorealClient Client(string? version = "1.45") => new(new ClientOptions { Address = DaemonAddress.Parse($"unix://{Path}"), ApiVersion = version });

    public async Task<Socket> AcceptAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Eventually.Patience);
        return await _listener.AcceptAsync(deadline.Token);
    }

    /// <summary>Reads a request's head (and whatever came with it) and answers.</summary>
    public static async Task<string> AnswerAsync(Socket connection, string answer)
    {
        var head = await ReadUntilAsync(connection, "\r\n\r\n");
        await connection.SendAsync(Encoding.UTF8.GetBytes(answer), TestContext.Current.CancellationToken);
        return head;
    }

    public static async Task<string> ReadUntilAsync(Socket connection, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await connection.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (count is 0) break;
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _directory.Dispose();
    }
}
