namespace Boreal.Orchestrator.Nodes;

/// <summary>Something happened to a container. Only a hint to look again, except that a stop by a person is told here alone.</summary>
/// <param name="Action">Docker's: <c>start</c>, <c>die</c>, <c>stop</c>, <c>destroy</c>, <c>health_status: healthy</c>, ...</param>
/// <param name="ContainerId">The container's id.</param>
/// <param name="Labels">The container's labels, or more.</param>
public sealed record NodeEvent(string Action, string ContainerId, IReadOnlyDictionary<string, string> Labels);
