using System.IO.Pipelines;
using Boreal.Daemon.Connections;

namespace Boreal.Daemon.Rpc;

/// <summary>A client's stream as Kestrel wants it: pipes that end where the client breaks off, and never throw.</summary>
internal sealed class StreamPipe : IDuplexPipe
{
    private const int BufferSize = 64 * 1024;

    public StreamPipe(Stream stream)
    {
        Input = new HandoverReader(PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true)), () => { }) { ReadsHead = false };
        Output = new HandoverWriter(PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: true)), () => { });
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }
}
