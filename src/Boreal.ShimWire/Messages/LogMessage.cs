namespace Boreal.ShimWire.Messages;

/// <summary>Where and how a container's output is logged.</summary>
public sealed record LogMessage
{
    public required LogFormat Format { get; init; }

    /// <summary>The current file; rotated ones get .1, .2, ... appended.</summary>
    public required string Path { get; init; }

    /// <summary>A file is rotated before the write that follows its reaching this size; 0: never.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Files in all, the current one included.</summary>
    public required int MaxFiles { get; init; }

    /// <summary>gzip files once they are rotated.</summary>
    public required bool Compress { get; init; }

    /// <summary>Bytes of the ring that decouples the container from the disk; 0: the container waits for the disk.</summary>
    public required int RingBytes { get; init; }

    /// <summary>Extra attributes of every line, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; }

    public void WriteTo(WireWriter writer)
    {
        writer.Byte((byte)Format);
        writer.Text(Path);
        writer.Int64(MaxBytes);
        writer.Int32(MaxFiles);
        writer.Bool(Compress);
        writer.Int32(RingBytes);
        writer.Int32(Attributes.Count);
        foreach (var (name, value) in Attributes)
        {
            writer.Text(name);
            writer.Text(value);
        }
    }

    public static LogMessage Read(ref WireReader reader) => new()
    {
        Format = (LogFormat)reader.Byte(),
        Path = reader.Text(),
        MaxBytes = reader.Int64(),
        MaxFiles = reader.Int32(),
        Compress = reader.Bool(),
        RingBytes = reader.Int32(),
        Attributes = ReadAttributes(ref reader),
    };

    private static KeyValuePair<string, string>[] ReadAttributes(ref WireReader reader)
    {
        var attributes = new KeyValuePair<string, string>[reader.Count()];
        for (var i = 0; i < attributes.Length; i++) attributes[i] = new(reader.Text(), reader.Text());
        return attributes;
    }
}
