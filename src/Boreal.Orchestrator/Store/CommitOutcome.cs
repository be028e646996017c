namespace Boreal.Orchestrator.Store;

/// <summary>How a transaction ended.</summary>
/// <param name="IsCommitted">False: a comparison did not hold and nothing was done.</param>
/// <param name="Revision">Of this transaction, or the store's newest when it was not carried out.</param>
public readonly record struct CommitOutcome(bool IsCommitted, long Revision);
