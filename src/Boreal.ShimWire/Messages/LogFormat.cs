namespace Boreal.ShimWire.Messages;

/// <summary>How log files are written. Values are wire format.</summary>
public enum LogFormat : byte
{
    None = 0,
    JsonFile = 1,
    Local = 2,
}
