namespace Boreal.ShimWire;

/// <summary>Names in a shim's state directory, and the descriptors it is started with.</summary>
public static class ShimFiles
{
    public const string Launch = "launch";
    public const string Socket = "shim.sock";
    public const string Console = "tty.sock";
    public const string RuntimePid = "pid";

    /// <summary>The shim: process id and start time in clock ticks.</summary>
    public const string Shim = "shim.pid";

    /// <summary>The container's first process: process id and start time in clock ticks.</summary>
    public const string Init = "init.pid";

    public const int ListenerDescriptor = 3;
    public const int ControlDescriptor = 4;

    /// <summary>The OCI runtime's executable, where <see cref="Messages.LaunchMessage.HasRuntimeDescriptor"/> says so.</summary>
    public const int RuntimeDescriptor = 5;
}
