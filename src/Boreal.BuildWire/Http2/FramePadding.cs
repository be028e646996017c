using System.Buffers;

namespace Boreal.BuildWire.Http2;

/// <summary>What frames of data and headers carry around what they are for.</summary>
internal static class FramePadding
{
    private const int PriorityLength = 5;

    public static ReadOnlySequence<byte> Remove(FrameHead head, ReadOnlySequence<byte> payload)
    {
        var padding = 0;
        byte count = 0;
        if (head.Has(FrameFlags.Padded) && !payload.IsEmpty)
        {
            payload.Slice(0, 1).CopyTo(new Span<byte>(ref count));
            padding = count;
            payload = payload.Slice(1);
        }
        var before = head.Kind is FrameKind.Headers && head.Has(FrameFlags.Priority) ? PriorityLength : 0;
        return before + padding <= payload.Length
            ? payload.Slice(before, payload.Length - before - padding)
            : throw new Http2Exception(Http2Error.Protocol, "a frame of more padding than bytes");
    }
}
