using Boreal.Engine.Networks.Endpoints;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>Makes sandboxes. All the slow parts of a container's start are here, and need to know no container.</summary>
internal sealed class SandboxBuilder(HostNetwork host, DefaultBridge bridge, SandboxNames names, bool isIsolated, EndpointNaming naming)
{
    private const int LoopbackIndex = 1;
    private const int Attempts = 3;

    public Sandbox Build(SandboxKind kind)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var sandbox = Build(SandboxNames.CreateId(), kind);
                // The rest of a name server is quickly told; its sockets and rules are what takes time.
                if (kind is SandboxKind.Loose) naming.Prepare(sandbox);
                return sandbox;
            }
            catch (LinuxException exception) when (exception.Errno == Errno.EEXIST && attempt < Attempts)
            {
                // The short form of an id is in use: take another.
            }
        }
    }

    private Sandbox Build(string id, SandboxKind kind)
    {
        var path = names.PathOf(id);
        var endpointId = kind is SandboxKind.Bare ? "" : SandboxNames.CreateId();
        return NetworkNamespaceFile.Create(path, created =>
        {
            var inside = NetlinkSocket.Open(NetlinkFamily.Route);
            try
            {
                var index = Prepare(inside, created, kind, endpointId);
                return new Sandbox(id, path, inside, created.Duplicate()) { Kind = kind, EndpointId = endpointId, LinkIndex = index };
            }
            catch
            {
                inside.Dispose();
                throw;
            }
        });
    }

    /// <summary>Returns the index of eth0 inside, 0 where there is none.</summary>
    private int Prepare(NetlinkSocket inside, FileDescriptor created, SandboxKind kind, string endpointId)
    {
        var up = new NetlinkRequest().SetUp(LoopbackIndex);
        var index = 0;
        if (kind is not SandboxKind.Bare)
        {
            var link = names.LinkOf(endpointId);
            var pair = new NetlinkRequest().AddPair(link, kind is SandboxKind.Bridged ? bridge.Index : 0, Sandbox.FirstLink, created, bridge.Mtu);
            if (kind is SandboxKind.Bridged) pair.SetPort(link, isIsolated);
            host.Route.Execute(pair);
            // Before the link is up, or the kernel gives it an address first.
            Sandbox.SetIPv6OfThisThread(Sandbox.FirstLink, enabled: false);
            index = NetworkTables.Links(inside).First(inner => inner.Name == Sandbox.FirstLink).Index;
            if (kind is SandboxKind.Bridged) up.SetUp(index);
        }

        inside.Execute(up);
        return index;
    }
}
