using System.Net.Sockets;
using Boreal.Daemon.Connections;
using Boreal.Daemon.Http;
using Boreal.Daemon.Rpc;
using Boreal.Tests.TestKit.Machine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Door;

/// <summary>The real server on a unix socket, serving routes of the test's.</summary>
internal sealed class OpenDoor : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly DoorServer _server;

    private OpenDoor(Action<RouteTable> map, RpcServer? rpc)
    {
        SocketPath = _directory.File("d.sock");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        socket.Listen(64);
        map(Routes);
        _server = new DoorServer([new ListeningEndPoint(socket, $"unix://{SocketPath}", null)], NullLoggerFactory.Instance, rpc);
    }

    public string SocketPath { get; }

    public RouteTable Routes { get; } = new();

    public static async Task<OpenDoor> OpenAsync(Action<RouteTable> map, RpcServer? rpc = null)
    {
        var door = new OpenDoor(map, rpc);
        await door._server.StartAsync(new DoorApplication(door.Routes, new RequestTally(TimeProvider.System), NullLogger<DoorApplication>.Instance), TestContext.Current.CancellationToken);
        return door;
    }

    public RawClient Connect() => RawClient.Connect(SocketPath);

    public Task StopAsync(TimeSpan limit)
    {
        var deadline = new CancellationTokenSource(limit);
        return _server.StopAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(2));
        _server.Dispose();
        _directory.Dispose();
    }
}
