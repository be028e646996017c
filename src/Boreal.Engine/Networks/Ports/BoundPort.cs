using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks.Ports;

/// <summary>A published port as it is bound on the host: <c>0.0.0.0</c> and <c>::</c> stand for every address.</summary>
public sealed record BoundPort(PortSpec ContainerPort, string HostAddress, ushort HostPort);
