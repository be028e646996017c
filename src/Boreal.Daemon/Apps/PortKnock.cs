using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers;

namespace Boreal.Daemon.Apps;

/// <summary>Whether a container accepts connections, asked from the host.</summary>
internal sealed class PortKnock(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>True also where the host has no way to the container: then nobody can tell.</summary>
    public async Task<bool> AnswersAsync(Container container, ushort port, CancellationToken cancellationToken)
    {
        if (container.Status.Network is not { } network)
            return true;
        var address = network.IsOnHost ? "127.0.0.1" : network.Endpoints.FirstOrDefault(endpoint => endpoint.Driver is "bridge" && endpoint.Address.Length > 0)?.Address;
        if (address is null)
            return true;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address), port), either.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }
}
