using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks;

/// <summary>
/// A prepared network namespace with loopback up; with a link also one end of a pair on the bridge, the other inside as
/// eth0. <see cref="Inside"/> configures it without entering it, and keeps it alive: dispose it when that is done.
/// </summary>
internal sealed record Sandbox(string Id, string Path, string? Link, int InnerLinkIndex, NetlinkSocket Inside) : IDisposable
{
    public const string InnerLink = "eth0";

    public void Dispose() => Inside.Dispose();
}
