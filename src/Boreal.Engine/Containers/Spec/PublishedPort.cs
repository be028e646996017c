namespace Boreal.Engine.Containers.Spec;

/// <summary>
/// A container port published on the host. An empty address is every address; an empty host port is an ephemeral one;
/// <c>8000-8010</c> is the first free one of the range.
/// </summary>
public sealed record PublishedPort(PortSpec ContainerPort, string HostAddress, string HostPort);
