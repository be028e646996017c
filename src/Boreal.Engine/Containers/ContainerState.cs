namespace Boreal.Engine.Containers;

/// <summary>Docker's container states. Persisted by name.</summary>
public enum ContainerState
{
    Created,
    Running,
    Paused,
    Restarting,
    Removing,
    Exited,
    Dead,
}
