using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Boreal.Registry.Hosting;

/// <summary>One client's socket, read and written on the thread that asks.</summary>
internal sealed class WireConnection : ConnectionContext, IDuplexPipe
{
    // A socket's buffer can hold some megabytes: fewer, larger reads, yet small enough to stay in a processor's cache.
    private const int BufferSize = 256 << 10;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    public WireConnection(Socket socket)
    {
        _socket = socket;
        if (socket.ProtocolType is ProtocolType.Tcp)
            socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
        // Connections that wait for their next request hold no buffer.
        Input = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: BufferSize, minimumReadSize: BufferSize / 4, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(_stream, new StreamPipeWriterOptions(minimumBufferSize: 4096, leaveOpen: true));
        Transport = this;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    /// <summary>Wakes whoever reads or writes.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        await _stream.DisposeAsync();
        await base.DisposeAsync();
    }
}
