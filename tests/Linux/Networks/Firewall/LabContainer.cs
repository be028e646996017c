using System.Net;

namespace Boreal.Tests.Linux.Networks.Firewall;

/// <summary>A namespace on a network of the lab.</summary>
internal sealed record LabContainer(string Space, string NetworkId, IPAddress V4, IPAddress V6);
