using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Runtime.Devices;

/// <summary>The device nodes a container gets and the rules of its group.</summary>
internal sealed class DeviceAccess
{
    // The runtime itself makes null, zero, full, random, urandom, tty and ptmx.
    private static readonly DeviceRule[] Defaults =
    [
        new(false, null, null, null, "rwm"),
        Character(1, 5),
        Character(1, 3),
        Character(1, 9),
        Character(1, 8),
        Character(5, 0),
        Character(5, 1),
        Character(10, 229) with { Allow = false },
    ];

    private DeviceAccess(List<DeviceEntry> nodes, List<DeviceRule> rules) => (Nodes, Rules) = (nodes, rules);

    public IReadOnlyList<DeviceEntry> Nodes { get; }

    public IReadOnlyList<DeviceRule> Rules { get; }

    public static DeviceAccess Of(SecuritySpec security)
    {
        var nodes = new List<DeviceEntry>();
        var rules = new List<DeviceRule>(Defaults);
        if (security.Privileged)
        {
            nodes.AddRange(HostDevices.All());
            foreach (var device in security.Devices ?? [])
            {
                if (device.PathOnHost != device.PathInContainer) nodes.AddRange(HostDevices.At(device.PathOnHost, device.PathInContainer));
            }

            rules.Add(new DeviceRule(true, null, null, null, "rwm"));
            return new DeviceAccess(nodes, rules);
        }

        foreach (var device in security.Devices ?? [])
        {
            var found = HostDevices.At(device.PathOnHost, device.PathInContainer);
            nodes.AddRange(found);
            rules.AddRange(found.Select(entry => entry.Permit(device.CgroupPermissions)));
        }

        rules.AddRange((security.DeviceCgroupRules ?? []).Select(DeviceRule.Parse));
        return new DeviceAccess(nodes, rules);
    }

    private static DeviceRule Character(long major, long minor) => new(true, "c", major, minor, "rwm");
}
