using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Shims;

/// <summary>The engine's records as the shim reads them.</summary>
internal static class ShimMessages
{
    internal static LaunchMessage Launch(ShimLaunch launch, bool hasRuntimeDescriptor) => new()
    {
        ContainerId = launch.Id.Value,
        BundleDirectory = launch.BundleDirectory,
        ExitRecordPath = launch.ExitRecordPath,
        RuntimePath = launch.Runtime.Path,
        RuntimeRoot = launch.Runtime.Root,
        RuntimeArguments = launch.Runtime.Arguments,
        HasRuntimeDescriptor = hasRuntimeDescriptor,
        CgroupPath = launch.CgroupPath,
        Tty = launch.Tty,
        OpenStdin = launch.OpenStdin,
        StdinOnce = launch.StdinOnce,
        Rows = (ushort)(launch.ConsoleSize?.Height ?? 0),
        Columns = (ushort)(launch.ConsoleSize?.Width ?? 0),
        Log = launch.Log.ToMessage(),
    };
}
