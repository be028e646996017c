namespace Boreal.ShimWire.Logs;

/// <summary>Standard streams, numbered as in Docker's stream frames.</summary>
public enum StdStream : byte
{
    Stdin = 0,
    Stdout = 1,
    Stderr = 2,
}
