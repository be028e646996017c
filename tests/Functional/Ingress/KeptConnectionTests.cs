using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Boreal.Tests.Functional.Ingress;

/// <summary>A server that has had enough of a connection in the moment in which the next request arrives.</summary>
public sealed class KeptConnectionTests
{
    private const string Vote = "a vote";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_ToAServerThatClosesKeptConnections_IsAnswered()
    {
        await using var lab = await IngressLab.StartAsync();
        using var server = new TcpListener(IPAddress.Parse("127.0.9.1"), lab.Target);
        server.Start();
        lab.Client.Timeout = TimeSpan.FromSeconds(20);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var serving = ServeAsync(server, ending.Token);
        await lab.ApplyAsync(IngressLab.Absent("a", 0));

        for (var count = 0; count < 3; count++)
        {
            Assert.Equal("once", await lab.GetAsync());
            using var answer = await lab.Client.PostAsync(lab.Url(), new StringContent(Vote), Cancelled);
            Assert.Equal("once", await answer.Content.ReadAsStringAsync(Cancelled));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // The client's own connection goes on.
            Assert.Null(answer.Headers.ConnectionClose);
        }
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    private static async Task ServeAsync(TcpListener server, CancellationToken cancellationToken)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(AnswerOnceAsync(await server.AcceptTcpClientAsync(cancellationToken), cancellationToken));
        }
        finally
        {
            await Task.WhenAll(serving);
        }
    }

    /// <summary>The first request of the connection.</summary>
    private static async Task AnswerOnceAsync(TcpClient connection, CancellationToken cancellationToken)
    {
        using var closing = connection;
        var stream = connection.GetStream();
        var (buffer, read) = (new byte[4096], "");
        while (!read.EndsWith(read.StartsWith("POST", StringComparison.Ordinal) ? Vote : "\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0) return;
            read += Encoding.ASCII.GetString(buffer, 0, count);
        }
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nonce"), cancellationToken);
        _ = await stream.ReadAsync(buffer, cancellationToken);
    }
}
