using System.IO.Pipelines;

namespace Boreal.Daemon.Rpc;

/// <summary>A stream read and written as pipes.</summary>
internal sealed class StreamPipe(Stream stream) : IDuplexPipe
{
    private const int BufferSize = 64 * 1024;

    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: true));
}
