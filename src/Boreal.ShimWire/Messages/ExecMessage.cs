namespace Boreal.ShimWire.Messages;

/// <summary>An exec to start; sent as <see cref="FrameType.HelloExec"/> on the connection that then carries its streams.</summary>
public sealed record ExecMessage
{
    public required string ExecId { get; init; }

    public required string ProcessSpecPath { get; init; }

    public required bool Tty { get; init; }

    public required AttachStreams Streams { get; init; }

    /// <summary>Zero: as the runtime makes it.</summary>
    public ushort Rows { get; init; }

    public ushort Columns { get; init; }

    public void WriteTo(WireWriter writer)
    {
        writer.Text(ExecId);
        writer.Text(ProcessSpecPath);
        writer.Bool(Tty);
        writer.Byte((byte)Streams);
        writer.Int32(Rows);
        writer.Int32(Columns);
    }

    public static ExecMessage Read(ref WireReader reader) => new()
    {
        ExecId = reader.Text(),
        ProcessSpecPath = reader.Text(),
        Tty = reader.Bool(),
        Streams = (AttachStreams)reader.Byte(),
        Rows = (ushort)reader.Int32(),
        Columns = (ushort)reader.Int32(),
    };
}
