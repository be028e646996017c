using System.Net;
using System.Net.Sockets;
using Boreal.Ingress.Routing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Boreal.Ingress.Listening;

/// <summary>A socket that listens at an address. Connections it accepted outlive it.</summary>
internal sealed partial class Door : IAsyncDisposable
{
    private const int Backlog = 4096;

    /// <summary>When the process is out of descriptors for example.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(50);

    private readonly Socket _socket;
    private readonly DoorSetting _setting;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;

    private Door(Socket socket, DoorSetting setting)
    {
        (_socket, _setting) = (socket, setting);
        EndPoint = socket.LocalEndPoint as IPEndPoint ?? throw new InvalidOperationException("a bound socket has an address");
        _accepting = Task.Run(AcceptAsync);
    }

    public IPEndPoint EndPoint { get; }

    /// <exception cref="SocketException">The address is in use, or not this machine's.</exception>
    public static Door Open(IPEndPoint endPoint, DoorSetting setting)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // The same port of IPv4 is a door of its own.
            if (endPoint.AddressFamily is AddressFamily.InterNetworkV6) socket.DualMode = false;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new Door(socket, setting);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Dispose();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var accepted = await _socket.AcceptAsync(_closing.Token);
                accepted.NoDelay = true;
                var connection = _setting.Connections.Create(accepted);
                connection.Features.Set(_setting.Entry);
                if (_setting.Tls is { } tls) connection.Features.Set(tls);
                if (!_setting.Target.TryHandIn(connection)) await connection.DisposeAsync();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException exception)
            {
                Log.CannotAccept(_setting.Logger, EndPoint.ToString(), exception.Message);
                await Task.Delay(PauseAfterFailure, _setting.Time);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Warning, "cannot accept a connection at {EndPoint}: {Reason}")]
        public static partial void CannotAccept(ILogger logger, string endPoint, string reason);
    }
}
