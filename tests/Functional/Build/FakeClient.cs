using System.Net.Sockets;
using System.Text;
using Boreal.Build.Session;
using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Protocol.Types;
using Boreal.BuildWire.Rpc;
using Boreal.Daemon.Rpc;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Build;

/// <summary>A client that can be asked what the test lets it answer, however badly, and that can ask.</summary>
internal sealed class FakeClient : IAsyncDisposable
{
    private const string FolderMethod = "/moby.filesync.v1.FileSync/DiffCopy";

    private static readonly Marshaller<Packet> PacketMarshaller = Marshallers.Create(packet => packet.ToByteArray(), Packet.Parser.ParseFrom);

    private readonly List<IAsyncDisposable> _open = [];
    private readonly string _socketPath;
    private Task _answering = Task.CompletedTask;

    public FakeClient(string socketPath) => _socketPath = socketPath;

    public string Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Opens a session in which a folder is sent by the test.</summary>
    public async Task OfferFolderAsync(Func<IAsyncStreamReader<Packet>, IServerStreamWriter<Packet>, Task> send)
    {
        var stream = await UpgradeAsync("/session", $"X-Docker-Expose-Session-Uuid: {Session}\r\nX-Docker-Expose-Session-Grpc-Method: {FolderMethod}\r\n");
        _open.Add(stream);
        Answer(stream, FolderMethods(send));
    }

    /// <summary>The same inside a call, as builds do it that share one session.</summary>
    public async Task OfferFolderInACallAsync(Func<IAsyncStreamReader<Packet>, IServerStreamWriter<Packet>, Task> send)
    {
        var client = await AskAsync();
        var call = await client.OpenAsync(
            "/moby.buildkit.v1.Control/Session",
            [new HeaderField("x-docker-expose-session-uuid", Session), new HeaderField("x-docker-expose-session-grpc-method", FolderMethod)],
            TestContext.Current.CancellationToken);
        _open.Add(call);
        Answer(new ByteStream(call, mustArrive: false), FolderMethods(send));
    }

    /// <summary>A connection to ask on.</summary>
    public async Task<RpcClient> AskAsync() => await AskAsync(await UpgradeAsync("/grpc", ""));

    /// <summary>The same without a word of HTTP/1.1 before.</summary>
    public async Task<RpcClient> AskDirectlyAsync() => await AskAsync(await ConnectAsync());

    public async Task<SolveResponse> SolveAsync(CancellationToken cancellationToken)
    {
        var request = new SolveRequest { Ref = Guid.NewGuid().ToString("N"), Session = Session, Frontend = "dockerfile.v0" };
        var client = await AskAsync();
        return await client.CallAsync("/moby.buildkit.v1.Control/Solve", request, SolveResponse.Parser, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in Enumerable.Reverse(_open))
            await open.DisposeAsync();
        await _answering;
    }

    private static MethodTable FolderMethods(Func<IAsyncStreamReader<Packet>, IServerStreamWriter<Packet>, Task> send)
    {
        var methods = new MethodTable();
        methods.AddMethod(
            new Method<Packet, Packet>(MethodType.DuplexStreaming, "moby.filesync.v1.FileSync", "DiffCopy", PacketMarshaller, PacketMarshaller),
            (requests, responses, _) => send(requests, responses));
        return methods;
    }

    private void Answer(Stream stream, MethodTable methods)
    {
        var server = new RpcServer(() => new RpcApplication(methods, TimeProvider.System, NullLogger<RpcApplication>.Instance), NullLoggerFactory.Instance);
        _open.Add(server);
        _answering = server.ServeAsync(new StreamPipe(stream), TestContext.Current.CancellationToken);
    }

    private async Task<RpcClient> AskAsync(Stream stream)
    {
        var connection = await Http2Connection.OpenAsync(stream, TestContext.Current.CancellationToken);
        _open.Add(stream);
        _open.Add(connection);
        return new RpcClient(connection);
    }

    private async Task<Stream> UpgradeAsync(string path, string headers)
    {
        var stream = await ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n{headers}\r\n"), TestContext.Current.CancellationToken);
        var head = new StringBuilder();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(letter, TestContext.Current.CancellationToken);
            head.Append((char)letter[0]);
        }
        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return stream;
    }

    private async Task<Stream> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socketPath), TestContext.Current.CancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
