namespace Boreal.Orchestrator.Store;

/// <summary>What a transaction did to one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Entry">What it is now; null: deleted.</param>
public sealed record StoreChange(string Key, StoredEntry? Entry);
