using System.Net;

namespace Boreal.Engine.Networks.Dns;

/// <summary>A server for names of the world. One on the host's own loopback is asked from the host, others from the container's network.</summary>
internal sealed record UpstreamServer(IPAddress Address, bool FromHost)
{
    public override string ToString() => FromHost ? $"host({Address})" : Address.ToString();
}
