namespace Boreal.Orchestrator.Store;

/// <summary>What one transaction did, as far as it was watched.</summary>
public sealed record StoreChanges(long Revision, IReadOnlyList<StoreChange> Changes);
