namespace Boreal.Orchestrator.Nodes;

/// <summary>What health checks say.</summary>
public enum ContainerHealth
{
    /// <summary>There are none.</summary>
    None,

    Starting,
    Healthy,
    Unhealthy,
}
