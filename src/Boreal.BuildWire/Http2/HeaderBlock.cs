using System.Buffers;

namespace Boreal.BuildWire.Http2;

/// <summary>A block of headers on its way, which may come in several frames.</summary>
internal sealed class HeaderBlock
{
    private const int Largest = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    /// <summary>0 when none is on its way.</summary>
    public int Stream { get; private set; }

    public bool EndsStream { get; private set; }

    public void Begin(int stream, bool endsStream)
    {
        Stream = stream;
        EndsStream = endsStream;
        _bytes.ResetWrittenCount();
    }

    public void Add(in ReadOnlySequence<byte> part)
    {
        if (_bytes.WrittenCount + part.Length > Largest)
            throw new Http2Exception(Http2Error.EnhanceYourCalm, $"headers of more than {Largest} bytes");
        foreach (var segment in part)
            _bytes.Write(segment.Span);
    }

    public List<HeaderField> Finish()
    {
        Stream = 0;
        return HeaderDecoder.Decode(_bytes.WrittenSpan);
    }
}
