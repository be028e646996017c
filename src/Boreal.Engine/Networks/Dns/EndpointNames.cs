using System.Net;

namespace Boreal.Engine.Networks.Dns;

/// <summary>What an endpoint is called in its network, the container's own name first, and where it is.</summary>
internal sealed record EndpointNames(IReadOnlyList<string> Names, IPAddress? V4, IPAddress? V6);
