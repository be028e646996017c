namespace Boreal.ShimWire.Messages;

/// <summary>Everything a shim must know. Kept in its state directory, so that a restarted engine can clean up after a dead shim.</summary>
public sealed record LaunchMessage
{
    private const int Magic = 0x32536842;

    public required string ContainerId { get; init; }

    public required string BundleDirectory { get; init; }

    public required string ExitRecordPath { get; init; }

    public required string RuntimePath { get; init; }

    public required string RuntimeRoot { get; init; }

    public required IReadOnlyList<string> RuntimeArguments { get; init; }

    /// <summary>The shim is started with the runtime's executable open, and calls that in place of <see cref="RuntimePath"/>.</summary>
    public bool HasRuntimeDescriptor { get; init; }

    /// <summary>The container's control group below each hierarchy's root; empty: looked up in /proc.</summary>
    public required string CgroupPath { get; init; }

    public required bool Tty { get; init; }

    public required bool OpenStdin { get; init; }

    public required bool StdinOnce { get; init; }

    public ushort Rows { get; init; }

    public ushort Columns { get; init; }

    public required LogMessage Log { get; init; }

    public ReadOnlyMemory<byte> ToBytes()
    {
        var writer = new WireWriter();
        writer.Int32(Magic);
        writer.Text(ContainerId);
        writer.Text(BundleDirectory);
        writer.Text(ExitRecordPath);
        writer.Text(RuntimePath);
        writer.Text(RuntimeRoot);
        writer.Int32(RuntimeArguments.Count);
        foreach (var argument in RuntimeArguments) writer.Text(argument);
        writer.Bool(HasRuntimeDescriptor);
        writer.Text(CgroupPath);
        writer.Bool(Tty);
        writer.Bool(OpenStdin);
        writer.Bool(StdinOnce);
        writer.Int32(Rows);
        writer.Int32(Columns);
        Log.WriteTo(writer);
        return writer.Written.ToArray();
    }

    /// <exception cref="FormatException">Not a launch file of this version.</exception>
    public static LaunchMessage Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (reader.Int32() != Magic) throw new FormatException("not a shim launch file of this version");
        return new()
        {
            ContainerId = reader.Text(),
            BundleDirectory = reader.Text(),
            ExitRecordPath = reader.Text(),
            RuntimePath = reader.Text(),
            RuntimeRoot = reader.Text(),
            RuntimeArguments = ReadArguments(ref reader),
            HasRuntimeDescriptor = reader.Bool(),
            CgroupPath = reader.Text(),
            Tty = reader.Bool(),
            OpenStdin = reader.Bool(),
            StdinOnce = reader.Bool(),
            Rows = (ushort)reader.Int32(),
            Columns = (ushort)reader.Int32(),
            Log = LogMessage.Read(ref reader),
        };
    }

    private static string[] ReadArguments(ref WireReader reader)
    {
        var arguments = new string[reader.Count()];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = reader.Text();
        return arguments;
    }
}
