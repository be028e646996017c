namespace Boreal.Orchestrator.Verbs;

/// <summary>How a spec is put, or an earlier one asked for again.</summary>
/// <param name="Version">Only if the service is still at this version; null: whatever it is.</param>
public sealed record PutOptions(long? Version = null);
