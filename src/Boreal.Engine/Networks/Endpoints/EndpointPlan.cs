using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>An endpoint with its addresses taken, before there is a link. The network cannot be removed meanwhile.</summary>
internal sealed record EndpointPlan(Network Network, EndpointSpec Asked, EndpointStatus Status);
