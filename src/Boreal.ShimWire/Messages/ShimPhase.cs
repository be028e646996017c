namespace Boreal.ShimWire.Messages;

/// <summary>How far a shim's container is. Values are wire format.</summary>
public enum ShimPhase : byte
{
    Created = 0,
    Starting = 1,
    Running = 2,
    Exited = 3,
}
