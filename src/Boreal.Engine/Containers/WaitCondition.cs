namespace Boreal.Engine.Containers;

/// <summary>What a client waits for: <c>not-running</c>, <c>next-exit</c>, <c>removed</c>.</summary>
public enum WaitCondition
{
    NotRunning,
    NextExit,
    Removed,
}
