namespace Boreal.Orchestrator.Store;

/// <summary>A watch asked for changes that are no longer kept. The cure is to list and to watch from the list's revision.</summary>
public sealed class CompactedException(long oldest)
    : Exception($"changes before revision {oldest} are no longer kept: list anew and watch from there")
{
    /// <summary>The oldest revision one can watch from.</summary>
    public long Oldest { get; } = oldest;
}
