namespace Boreal.ShimWire.Messages;

/// <summary>The standard streams a client wants. Values are wire format.</summary>
[Flags]
public enum AttachStreams : byte
{
    None = 0,
    Stdin = 1,
    Stdout = 2,
    Stderr = 4,
}
