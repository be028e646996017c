using Boreal.Linux.Descriptors;
using Boreal.Linux.Sockets;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Connections;

/// <summary>The one answer a stream connection gets before it turns raw. Small, and the first bytes sent: the socket always has room.</summary>
internal static class Greeting
{
    internal static void Ok(FileDescriptor socket)
    {
        var writer = new WireWriter();
        writer.BeginFrame(FrameType.Ok);
        Send(socket, writer);
    }

    internal static void ExecStarted(FileDescriptor socket, int processId)
    {
        var writer = new WireWriter();
        writer.BeginFrame(FrameType.ExecStarted);
        writer.Int32(processId);
        Send(socket, writer);
    }

    internal static void Failed(FileDescriptor socket, int code, string text)
    {
        var writer = new WireWriter();
        writer.BeginFrame(FrameType.Failed);
        writer.Int32(code);
        writer.Text(text);
        Send(socket, writer);
    }

    private static void Send(FileDescriptor socket, WireWriter writer)
    {
        writer.EndFrame();
        _ = UnixSocket.TrySend(socket, writer.Written);
    }
}
