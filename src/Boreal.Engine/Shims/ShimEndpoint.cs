using System.Net.Sockets;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Sockets;
using Boreal.ShimWire;

namespace Boreal.Engine.Shims;

/// <summary>A shim's socket in its state directory, reached by way of the directory's descriptor: a socket's path has 107 bytes at most.</summary>
internal static class ShimEndpoint
{
    internal static FileDescriptor Listen(string stateDirectory)
    {
        using var directory = FileDescriptor.Open(stateDirectory, OpenFlags.PathOnly);
        File.Delete($"{stateDirectory}/{ShimFiles.Socket}");
        return UnixSocket.Listen($"{directory.ProcPath(Environment.ProcessId)}/{ShimFiles.Socket}");
    }

    /// <summary>Connects and sends a greeting. Fails with a <see cref="SocketException"/> when no shim is there.</summary>
    internal static async Task<Socket> ConnectAsync(string stateDirectory, WireWriter greeting, CancellationToken cancellationToken)
    {
        using var directory = FileDescriptor.Open(stateDirectory, OpenFlags.PathOnly);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var path = $"{directory.ProcPath(Environment.ProcessId)}/{ShimFiles.Socket}";
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            await socket.SendAsync(greeting.Written.ToArray(), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
