namespace Boreal.BuildWire.Http2;

/// <summary>Why a stream or a connection ends, as RFC 9113 numbers it.</summary>
internal enum Http2Error
{
    None = 0x0,
    Protocol = 0x1,
    Internal = 0x2,
    FlowControl = 0x3,
    StreamClosed = 0x5,
    FrameSize = 0x6,
    Refused = 0x7,
    Cancelled = 0x8,
    Compression = 0x9,
    EnhanceYourCalm = 0xB,
}
