using System.Net.Sockets;
using System.Text;
using Boreal.Client;
using Boreal.Client.Addresses;
using Boreal.Client.Containers;
using Boreal.Client.Errors;
using Boreal.Client.Streams;

namespace Boreal.Tests.Unit.Client;

public sealed class TransportTests : IDisposable
{
    private readonly FakeDaemon _daemon = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _daemon.Dispose();

    [Fact]
    public async Task Request_First_NegotiatesAndKeepsTheConnection()
    {
        await using var client = _daemon.Client(version: null);
        var listing = client.Containers.ListAsync(new ContainerListQuery { All = true }, Cancellation);
        using var connection = await _daemon.AcceptAsync();
        Assert.StartsWith("HEAD /_ping HTTP/1.1\r\n", await FakeDaemon.AnswerAsync(connection, FakeDaemon.Ping), StringComparison.Ordinal);
        var head = await FakeDaemon.AnswerAsync(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[{\"\r\nb\r\nId\":\"abc\"}]\r\n0\r\n\r\n");
        Assert.StartsWith("GET /v1.45/containers/json?all=1 HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal("abc", (await listing)[0].Id);
    }

    [Fact]
    public async Task Request_RefusedByTheDaemon_CarriesItsMessage()
    {
        await using var client = _daemon.Client();
        var removal = client.Containers.RemoveAsync("x", cancellationToken: Cancellation);
        using var connection = await _daemon.AcceptAsync();
        await FakeDaemon.AnswerAsync(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 35\r\n\r\n{\"message\":\"No such container: x\"}\n\n");
        var problem = await Assert.ThrowsAsync<ApiException>(() => removal);
        Assert.Equal((404, "Error response from daemon: No such container: x"), (problem.Status, problem.Message));
    }

    [Fact]
    public async Task Request_OnAConnectionTheDaemonClosed_IsSentAgain()
    {
        await using var client = _daemon.Client();
        var first = client.Containers.PauseAsync("x", Cancellation);
        using (var connection = await _daemon.AcceptAsync())
        {
            await FakeDaemon.AnswerAsync(connection, "HTTP/1.1 204 No Content\r\n\r\n");
            await first;
        }

        var second = client.Containers.PauseAsync("x", Cancellation);
        using var fresh = await _daemon.AcceptAsync();
        await FakeDaemon.AnswerAsync(fresh, "HTTP/1.1 204 No Content\r\n\r\n");
        await second;
    }

    [Fact]
    public async Task Hijack_AfterHalfClose_StillReadsOutput()
    {
        await using var client = _daemon.Client();
        var attaching = client.Containers.AttachAsync("x", new AttachQuery { Stdin = true, Stdout = true }, Cancellation);
        using var connection = await _daemon.AcceptAsync();
        var head = await FakeDaemon.AnswerAsync(connection, "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\n\r\n\u0001\0\0\0\0\0\0\u0005early");
        Assert.Contains("Upgrade: tcp\r\n", head, StringComparison.Ordinal);
        await using var stream = await attaching;
        Assert.True(stream.IsMultiplexed);
        await stream.WriteAsync("in"u8.ToArray(), Cancellation);
        await stream.CloseWriteAsync();
        Assert.Equal("in", await FakeDaemon.ReadUntilAsync(connection, "\0"));
        await connection.SendAsync(new byte[] { 2, 0, 0, 0, 0, 0, 0, 4, (byte)'l', (byte)'a', (byte)'t', (byte)'e' }, Cancellation);
        connection.Shutdown(SocketShutdown.Send);
        using var stdout = new MemoryStream();
        using var stderr = new MemoryStream();
        await StdioDemultiplexer.CopyAsync(stream.ReadAsync, stdout, stderr, Cancellation);
        Assert.Equal(("early", "late"), (Encoding.UTF8.GetString(stdout.ToArray()), Encoding.UTF8.GetString(stderr.ToArray())));
    }

    [Fact]
    public async Task Upload_AnsweredEarly_GivesTheAnswer()
    {
        await using var client = _daemon.Client();
        using var endless = new EndlessStream();
        var upload = client.Archives.UploadAsync("x", "/", endless, keepKinds: true, keepOwners: false, Cancellation);
        using var connection = await _daemon.AcceptAsync();
        await FakeDaemon.AnswerAsync(connection, "HTTP/1.1 403 Forbidden\r\nContent-Length: 26\r\nConnection: close\r\n\r\n{\"message\":\"is read-only\"}");
        Assert.Equal("is read-only", (await Assert.ThrowsAsync<ApiException>(() => upload)).Reason);
    }

    [Fact]
    public async Task Connect_ToNobody_NamesTheAddress()
    {
        await using var client = new BorealClient(new ClientOptions { Address = DaemonAddress.Parse("unix:///nowhere/at-all.sock") });
        var problem = await Assert.ThrowsAsync<DaemonUnreachableException>(() => client.Node.VersionAsync(Cancellation));
        Assert.Equal("unix:///nowhere/at-all.sock", problem.Address);
    }
}
