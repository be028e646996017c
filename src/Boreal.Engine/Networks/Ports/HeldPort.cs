namespace Boreal.Engine.Networks.Ports;

/// <summary>A container's published port and what of the host it has for it.</summary>
internal sealed record HeldPort(BoundPort Port, HostPort Host);
