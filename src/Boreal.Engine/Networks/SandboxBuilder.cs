using System.Net;
using System.Net.NetworkInformation;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks;

/// <summary>Makes sandboxes and gives them their addresses. All the slow parts are in <see cref="Build(bool)"/>, which needs to know no container.</summary>
internal sealed class SandboxBuilder(HostNetwork host, DefaultBridge bridge, SandboxNames names)
{
    private const int LoopbackIndex = 1;
    private const int Attempts = 3;

    public Sandbox Build(bool withLink)
    {
        for (var attempt = 1; ; attempt++)
        {
            var id = SandboxNames.CreateId();
            try
            {
                return Build(id, withLink);
            }
            catch (LinuxException exception) when (exception.Errno == Errno.EEXIST && attempt < Attempts)
            {
                // The short form of the id is in use: take another.
            }
        }
    }

    /// <summary>Gives eth0 its addresses and the way out; one message to the kernel.</summary>
    public void Configure(Sandbox sandbox, IPAddress address, PhysicalAddress hardwareAddress) =>
        sandbox.Inside.Execute(new NetlinkRequest()
            .SetHardwareAddress(sandbox.InnerLinkIndex, hardwareAddress.GetAddressBytes())
            .AddAddress(sandbox.InnerLinkIndex, address, bridge.Address.PrefixLength)
            .AddDefaultRoute(bridge.Address.Address));

    private Sandbox Build(string id, bool withLink)
    {
        var path = names.PathOf(id);
        var link = withLink ? names.LinkOf(id) : null;
        return NetworkNamespaceFile.Create(path, created =>
        {
            var inside = NetlinkSocket.Open(NetlinkFamily.Route);
            try
            {
                return new Sandbox(id, path, link, Prepare(inside, created, link), inside);
            }
            catch
            {
                inside.Dispose();
                throw;
            }
        });
    }

    /// <summary>Returns the index of eth0 inside, 0 where there is none.</summary>
    private int Prepare(NetlinkSocket inside, FileDescriptor created, string? link)
    {
        var up = new NetlinkRequest().SetUp(LoopbackIndex);
        var index = 0;
        if (link is not null)
        {
            host.Route.Execute(new NetlinkRequest()
                .AddPair(link, bridge.Index, Sandbox.InnerLink, created, bridge.Mtu)
                .SetPort(link));
            // Before the link is up, or the kernel gives it an address first.
            DisableIPv6(Sandbox.InnerLink);
            index = NetworkTables.Links(inside).First(inner => inner.Name == Sandbox.InnerLink).Index;
            up.SetUp(index);
        }

        inside.Execute(up);
        return index;
    }

    /// <summary>For the calling thread's namespace.</summary>
    private static void DisableIPv6(string link)
    {
        var setting = $"/proc/sys/net/ipv6/conf/{link}/disable_ipv6";
        if (File.Exists(setting)) File.WriteAllText(setting, "1");
    }
}
