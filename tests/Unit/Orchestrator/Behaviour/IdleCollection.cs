namespace Boreal.Tests.Unit.Orchestrator.Behaviour;

/// <summary>Measures processor time, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(IdleCollection), DisableParallelization = true)]
public sealed class IdleCollection;
