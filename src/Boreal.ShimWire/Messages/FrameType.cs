namespace Boreal.ShimWire.Messages;

/// <summary>What a frame between engine and shim says. Values are wire format: an older shim may meet a newer engine.</summary>
public enum FrameType : byte
{
    HelloControl = 1,
    HelloAttach = 2,
    HelloExec = 3,

    Start = 10,
    Resize = 11,
    Signal = 12,
    CloseStdin = 13,
    Release = 14,
    ExecExitSeen = 15,

    Ok = 20,
    Failed = 21,
    State = 22,
    Started = 23,
    Exited = 24,
    ExecStarted = 25,
    ExecExited = 26,
    OutOfMemory = 27,
}
