using System.Net;
using Boreal.Orchestrator.Balancing;

namespace Boreal.Ingress;

/// <summary>A published port at one address of this machine.</summary>
/// <param name="Address">Where to listen.</param>
/// <param name="Target">The port in the containers.</param>
/// <param name="AppProtocol">As in <see cref="EndpointPort.AppProtocol"/>.</param>
public sealed record IngressPort(IPEndPoint Address, ushort Target, string AppProtocol)
{
    internal bool IsSecure => AppProtocol is "https" or "wss";
}
