using Boreal.Engine.Containers;

namespace Boreal.Engine.Networks;

/// <summary>A container that runs on a network.</summary>
public sealed record NetworkMember(ContainerId Container, EndpointStatus Endpoint);
