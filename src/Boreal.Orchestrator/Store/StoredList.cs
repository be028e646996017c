namespace Boreal.Orchestrator.Store;

/// <summary>Entries as they were at one revision: watch from there on to miss nothing.</summary>
public sealed record StoredList(long Revision, IReadOnlyList<StoredEntry> Entries);
