using System.Text.Json.Serialization;
using Boreal.Engine.Containers;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>A container of a service: it gets new connections, or (<paramref name="IsDraining"/>) finishes what it has.</summary>
public sealed record BalancedContainer([property: JsonConverter(typeof(ContainerIdConverter))] ContainerId Id, bool IsDraining);
