namespace Boreal.Engine.Containers;

/// <summary>What a start came to.</summary>
public enum StartOutcome
{
    Started,
    AlreadyRunning,
}
