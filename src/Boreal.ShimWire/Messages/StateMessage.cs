namespace Boreal.ShimWire.Messages;

/// <summary>The shim's answer to <see cref="FrameType.HelloControl"/>.</summary>
public readonly record struct StateMessage(ShimPhase Phase, int ProcessId, long StartedNanoseconds)
{
    public const int Bytes = 13;

    public void WriteTo(WireWriter writer)
    {
        writer.Byte((byte)Phase);
        writer.Int32(ProcessId);
        writer.Int64(StartedNanoseconds);
    }

    public static StateMessage Read(ref WireReader reader) => new((ShimPhase)reader.Byte(), reader.Int32(), reader.Int64());
}
