namespace Boreal.BuildWire.Http2;

/// <summary>The first bit ends a stream on data and headers, and is an acknowledgement on settings and pings.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,
    EndOrAcknowledge = 0x1,
    EndHeaders = 0x4,
    Padded = 0x8,
    Priority = 0x20,
}
