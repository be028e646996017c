using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;

namespace Boreal.Linux.Netlink;

/// <summary>rtnetlink(7) messages about links, appended to a request.</summary>
public static class LinkMessages
{
    internal const ushort NewLink = 16;
    internal const ushort DeleteLink = 17;
    internal const ushort GetLink = 18;
    internal const ushort SetLink = 19;

    internal const ushort Address = 1;
    internal const ushort Name = 3;
    internal const ushort Mtu = 4;
    internal const ushort Master = 10;
    internal const ushort LinkInfo = 18;
    internal const ushort Group = 27;
    private const ushort Parent = 5;
    private const ushort NamespaceDescriptor = 28;
    private const ushort FamilySpecific = 26;
    internal const ushort InfoKind = 1;
    private const ushort InfoData = 2;
    private const ushort InfoPortKind = 4;
    private const ushort InfoPortData = 5;
    private const ushort PeerOfPair = 1;
    private const ushort MacvlanModeOf = 1;
    private const ushort VlanId = 1;
    private const ushort PortHairpin = 4;
    private const ushort PortIsolated = 33;
    private const ushort AddressFamilyInet6 = 10;
    private const ushort AddressGenerationMode = 8;
    private const byte GenerateNone = 1;
    private const uint Up = 1;

    /// <summary>A bridge with a hardware address of its own, so that it does not change with its ports.</summary>
    public static NetlinkRequest AddBridge(this NetlinkRequest request, string name, ReadOnlySpan<byte> hardwareAddress, int mtu, int group = 0)
    {
        request.Begin(NewLink, Make, $"create bridge {name}").Header(0, 0)
            .Attribute(Name, name).Attribute(Address, hardwareAddress).Attribute(Mtu, mtu).Attribute(Group, group);
        return request.Nest(LinkInfo, info => info.Attribute(InfoKind, "bridge"));
    }

    /// <summary>A pair of links: one in the socket's namespace as a port of a bridge and up, its peer in another namespace.</summary>
    public static NetlinkRequest AddPair(this NetlinkRequest request, string name, int bridge, string peerName, FileDescriptor peerNamespace, int mtu)
    {
        request.Begin(NewLink, Make, $"create link {name}").Header(0, Up)
            .Attribute(Name, name).Attribute(Mtu, mtu).Attribute(Master, bridge);
        return request.Nest(LinkInfo, info => info
            .Attribute(InfoKind, "veth")
            .Nest(InfoData, data => data.Nest(PeerOfPair, peer => peer
                .Header(0, 0).Attribute(Name, peerName).Attribute(Mtu, mtu).Attribute(NamespaceDescriptor, (int)peerNamespace.DangerousGetHandle()))));
    }

    /// <summary>
    /// Lets a port of a bridge send frames back to where they came from, and gives it no IPv6 address of its own; isolated
    /// ports reach the bridge's host but not each other.
    /// </summary>
    public static NetlinkRequest SetPort(this NetlinkRequest request, string name, bool isIsolated = false) =>
        request.Begin(NewLink, NetlinkFlags.Acknowledge, $"set port {name}").Header(0, 0)
            .Attribute(Name, name)
            .Nest(LinkInfo, info => info.Attribute(InfoPortKind, "bridge").Nest(InfoPortData, port => port.Attribute(PortHairpin, (byte)1).Attribute(PortIsolated, isIsolated ? (byte)1 : (byte)0)))
            .Nest(FamilySpecific, families => families.Nest(AddressFamilyInet6, inet6 => inet6.Attribute(AddressGenerationMode, GenerateNone)));

    /// <summary>Makes a link a port of a bridge, and brings it up.</summary>
    public static NetlinkRequest SetMaster(this NetlinkRequest request, string name, int bridge) =>
        request.Begin(NewLink, NetlinkFlags.Acknowledge, $"join {name} to bridge {bridge}").Header(0, Up)
            .Attribute(Name, name).Attribute(Master, bridge);

    /// <summary>A link with an address of its own on the wire of another, made inside another namespace.</summary>
    public static NetlinkRequest AddMacvlan(this NetlinkRequest request, string name, int parent, MacvlanMode mode, FileDescriptor inNamespace, ReadOnlySpan<byte> hardwareAddress)
    {
        request.Begin(NewLink, Make, $"create link {name}").Header(0, 0)
            .Attribute(Name, name).Attribute(Parent, parent).Attribute(Address, hardwareAddress)
            .Attribute(NamespaceDescriptor, (int)inNamespace.DangerousGetHandle());
        return request.Nest(LinkInfo, info => info.Attribute(InfoKind, "macvlan").Nest(InfoData, data => data.Attribute(MacvlanModeOf, (int)mode)));
    }

    /// <summary>A link that carries one VLAN of another, up.</summary>
    public static NetlinkRequest AddVlan(this NetlinkRequest request, string name, int parent, ushort vlan)
    {
        request.Begin(NewLink, Make, $"create link {name}").Header(0, Up).Attribute(Name, name).Attribute(Parent, parent);
        return request.Nest(LinkInfo, info => info.Attribute(InfoKind, "vlan")
            .Nest(InfoData, data => data.Attribute(VlanId, MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in vlan)))));
    }

    /// <summary>A link that leads nowhere, up.</summary>
    public static NetlinkRequest AddDummy(this NetlinkRequest request, string name)
    {
        request.Begin(NewLink, Make, $"create link {name}").Header(0, Up).Attribute(Name, name);
        return request.Nest(LinkInfo, info => info.Attribute(InfoKind, "dummy"));
    }

    /// <summary>Gives a link, which must be down, another name.</summary>
    public static NetlinkRequest Rename(this NetlinkRequest request, int index, string name) =>
        request.Begin(SetLink, NetlinkFlags.Acknowledge, $"name link {index} {name}").Header(index, 0).Attribute(Name, name);

    public static NetlinkRequest SetMtu(this NetlinkRequest request, string name, int mtu) =>
        request.Begin(NewLink, NetlinkFlags.Acknowledge, $"set the mtu of link {name}").Header(0, 0).Attribute(Name, name).Attribute(Mtu, mtu);

    public static NetlinkRequest SetUp(this NetlinkRequest request, int index) =>
        request.Begin(SetLink, NetlinkFlags.Acknowledge, $"bring up link {index}").Header(index, Up);

    public static NetlinkRequest SetHardwareAddress(this NetlinkRequest request, int index, ReadOnlySpan<byte> address) =>
        request.Begin(SetLink, NetlinkFlags.Acknowledge, $"set the address of link {index}").Header(index, 0).Attribute(Address, address);

    public static NetlinkRequest SetMtu(this NetlinkRequest request, int index, int mtu) =>
        request.Begin(SetLink, NetlinkFlags.Acknowledge, $"set the mtu of link {index}").Header(index, 0).Attribute(Mtu, mtu);

    /// <summary>Links of one group can be deleted by one message, which waits for the kernel's readers once.</summary>
    public static NetlinkRequest SetGroup(this NetlinkRequest request, int index, int group) =>
        request.Begin(SetLink, NetlinkFlags.Acknowledge, $"set the group of link {index}").Header(index, 0).Attribute(Group, group);

    public static NetlinkRequest Delete(this NetlinkRequest request, int index) =>
        request.Begin(DeleteLink, NetlinkFlags.Acknowledge, $"delete link {index}").Header(index, 0);

    public static NetlinkRequest DeleteGroup(this NetlinkRequest request, int group) =>
        request.Begin(DeleteLink, NetlinkFlags.Acknowledge, $"delete the links of group {group}").Header(0, 0).Attribute(Group, group);

    private const NetlinkFlags Make = NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive;

    /// <summary>struct ifinfomsg: family, type, index, flags, which flags change.</summary>
    internal static NetlinkRequest Header(this NetlinkRequest request, int index, uint flags)
    {
        Span<uint> header = [0, (uint)index, flags, flags];
        return request.Fixed(MemoryMarshal.AsBytes(header));
    }
}
