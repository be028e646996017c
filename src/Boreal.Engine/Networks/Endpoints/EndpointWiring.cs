using System.Net;
using System.Net.NetworkInformation;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Drivers;
using Boreal.Engine.Networks.Sandboxes;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>Makes and takes the links of endpoints, and gives them their addresses: few messages, no programs.</summary>
internal sealed class EndpointWiring(HostNetwork host, SandboxNames names)
{
    /// <summary>Connects a new sandbox to all its networks; the link made ahead becomes the first one's.</summary>
    public void Wire(Sandbox sandbox, IReadOnlyList<EndpointPlan> plans)
    {
        var inside = new NetlinkRequest();
        foreach (var plan in plans.Where(plan => plan.Status.Interface.Length > 0))
            Configure(inside, plan, LinkIndex(sandbox, plan));
        var choice = GatewayChoice.Of(plans.Select(plan => plan.Status));
        AddRoute(inside, choice.IPv4?.Gateway);
        AddRoute(inside, choice.IPv6?.Gateway6);
        if (inside.Count > 0) sandbox.Inside.Execute(inside);
        foreach (var plan in plans) ApplySettings(sandbox, plan);
    }

    /// <summary>Connects a running sandbox to one more network, and changes the way out if that is by it.</summary>
    public void Add(Sandbox sandbox, EndpointPlan plan, IReadOnlyList<EndpointStatus> present)
    {
        var inside = new NetlinkRequest();
        Configure(inside, plan, MakeLink(sandbox, plan));
        sandbox.Inside.Execute(inside);
        ApplySettings(sandbox, plan);
        ChangeRoutes(sandbox, GatewayChoice.Of(present), GatewayChoice.Of([.. present, plan.Status]));
    }

    /// <summary>Takes one network of a running sandbox away. No error when its link is gone already.</summary>
    public static void Remove(Sandbox sandbox, EndpointStatus endpoint, IReadOnlyList<EndpointStatus> remaining)
    {
        if (NetworkTables.Links(sandbox.Inside).FirstOrDefault(link => link.Name == endpoint.Interface) is { } link
            && sandbox.Inside.TryExecute(new NetlinkRequest().Delete(link.Index)) is { Errno: not Errno.ENODEV } failure)
            throw failure;
        // With the link went its routes.
        ChangeRoutes(sandbox, GatewayChoice.Of([.. remaining, endpoint]), GatewayChoice.Of(remaining));
    }

    /// <summary>Takes away links of one kind that are named as ours and belong to no endpoint; those a container made itself stay.</summary>
    public static void RemoveAllBut(Sandbox sandbox, string kind, IReadOnlyList<EndpointStatus> endpoints)
    {
        bool IsOurs(string name) => name.StartsWith(EndpointPlanner.DefaultPrefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(EndpointPlanner.DefaultPrefix.Length), out _);
        var strays = NetworkTables.Links(sandbox.Inside).Where(link => link.Kind == kind && IsOurs(link.Name) && endpoints.All(endpoint => endpoint.Interface != link.Name));
        foreach (var link in strays)
            sandbox.Inside.Execute(new NetlinkRequest().Delete(link.Index));
    }

    private static void ApplySettings(Sandbox sandbox, EndpointPlan plan)
    {
        var settings = EndpointOptions.KernelSettings(plan.Asked, plan.Status.Interface).ToList();
        if (settings.Count > 0) sandbox.WriteKernelSettings(settings);
    }

    private static void ChangeRoutes(Sandbox sandbox, GatewayChoice before, GatewayChoice after)
    {
        if (before.IPv4?.EndpointId != after.IPv4?.EndpointId) ChangeRoute(sandbox, after.IPv4?.Gateway, isIPv6: false);
        if (before.IPv6?.EndpointId != after.IPv6?.EndpointId) ChangeRoute(sandbox, after.IPv6?.Gateway6, isIPv6: true);
    }

    private static void ChangeRoute(Sandbox sandbox, string? gateway, bool isIPv6)
    {
        if (sandbox.Inside.TryExecute(new NetlinkRequest().RemoveDefaultRoute(isIPv6)) is { Errno: not Errno.ESRCH } failure) throw failure;
        if (gateway is not null) sandbox.Inside.Execute(AddRoute(new NetlinkRequest(), gateway));
    }

    private static NetlinkRequest AddRoute(NetlinkRequest request, string? gateway) =>
        gateway is { Length: > 0 } ? request.AddDefaultRoute(IPAddress.Parse(gateway)) : request;

    private static void Configure(NetlinkRequest inside, EndpointPlan plan, int index)
    {
        var status = plan.Status;
        inside.SetHardwareAddress(index, PhysicalAddress.Parse(status.MacAddress).GetAddressBytes());
        if (plan.Network.Bridge is { } bridge) inside.SetMtu(index, bridge.Mtu);
        inside.SetUp(index);
        if (status.Address.Length > 0) inside.AddAddress(index, IPAddress.Parse(status.Address), status.PrefixLength);
        if (status.Address6.Length > 0) inside.AddAddress(index, IPAddress.Parse(status.Address6), status.PrefixLength6);
        foreach (var text in plan.Asked.LinkLocalAddresses ?? [])
        {
            var address = IPAddress.Parse(text);
            inside.AddAddress(index, address, address.GetAddressBytes().Length == 4 ? 16 : 64);
        }
    }

    /// <summary>The index inside of the endpoint's link: that made ahead where it fits, or a new one.</summary>
    private int LinkIndex(Sandbox sandbox, EndpointPlan plan)
    {
        if (sandbox.EndpointId != plan.Status.EndpointId) return MakeLink(sandbox, plan);
        if (sandbox.Kind is SandboxKind.Loose && plan.Network.Bridge is { } bridge)
        {
            var outer = names.LinkOf(sandbox.EndpointId);
            host.Route.Execute(new NetlinkRequest().SetMtu(outer, bridge.Mtu).SetMaster(outer, bridge.Index).SetPort(outer, bridge.IsolatesPorts));
        }

        if (plan.Status.Address6.Length > 0) sandbox.SetIPv6(Sandbox.FirstLink, enabled: true);
        return sandbox.LinkIndex;
    }

    private int MakeLink(Sandbox sandbox, EndpointPlan plan)
    {
        var status = plan.Status;
        plan.Network.Driver.Connect(plan.Network, new EndpointLink(
            names.LinkOf(status.EndpointId), status.Interface, sandbox.Namespace, PhysicalAddress.Parse(status.MacAddress)));
        sandbox.SetIPv6(status.Interface, enabled: status.Address6.Length > 0);
        return NetworkTables.Links(sandbox.Inside).First(link => link.Name == status.Interface).Index;
    }
}
