namespace Boreal.Orchestrator.Nodes;

/// <summary>Where a container is in its life, as far as a task cares.</summary>
public enum ContainerPhase
{
    /// <summary>Never started.</summary>
    Created,

    /// <summary>There is a process, also when paused.</summary>
    Running,

    /// <summary>The engine itself is about to start it again.</summary>
    Restarting,

    Exited,

    /// <summary>Being removed, or what a removal left.</summary>
    Removing,
}
