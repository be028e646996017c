namespace Boreal.Orchestrator.Store;

/// <summary>A value and when it came to be.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Not to be changed by anybody.</param>
/// <param name="CreateRevision">When the key came to exist.</param>
/// <param name="ModRevision">When the value was written.</param>
public sealed record StoredEntry(string Key, ReadOnlyMemory<byte> Value, long CreateRevision, long ModRevision);
