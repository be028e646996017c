namespace Boreal.Engine.Containers;

/// <summary>What a stop came to.</summary>
public enum StopOutcome
{
    Stopped,
    NotRunning,
}
