using Boreal.Linux.Files;

namespace Boreal.Engine.Runtime.Devices;

/// <summary>A device node to be made in the container.</summary>
internal readonly record struct DeviceEntry(string Path, DeviceNode Node)
{
    public DeviceRule Permit(string access) => new(true, Node.Kind.ToString(), Node.Major, Node.Minor, access);
}
