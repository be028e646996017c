using System.Net.Sockets;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Shims;

/// <summary>One frame from a shim.</summary>
internal sealed record ShimFrame(FrameType Type, byte[] Payload)
{
    internal WireReader Read() => new(Payload);

    /// <summary>Reads exactly one frame; null at the connection's end.</summary>
    internal static async Task<ShimFrame?> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        var header = new byte[Frame.HeaderBytes];
        if (!await TryFillAsync(socket, header, cancellationToken)) return null;
        var (type, length) = Frame.ReadHeader(header);
        var payload = new byte[length];
        return await TryFillAsync(socket, payload, cancellationToken) ? new ShimFrame(type, payload) : null;
    }

    private static async Task<bool> TryFillAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var filled = 0; filled < buffer.Length;)
        {
            try
            {
                var count = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
                if (count == 0) return false;
                filled += count;
            }
            catch (SocketException)
            {
                // Reset by a shim that was killed: an end like any other.
                return false;
            }
        }

        return true;
    }
}
