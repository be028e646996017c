namespace Boreal.Orchestrator.Balancing;

/// <summary>Whether a backend gets anything new.</summary>
public enum BackendState
{
    Ready,

    /// <summary>Nothing new; what it has goes on.</summary>
    Draining,
}
