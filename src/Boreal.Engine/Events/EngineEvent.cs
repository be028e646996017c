namespace Boreal.Engine.Events;

/// <summary>Something that happened, in the terms of Docker's events API: type <c>container</c>, action <c>start</c>, the actor and its attributes.</summary>
public sealed record EngineEvent(
    string Type, string Action, string ActorId, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset Time);
