namespace Boreal.Orchestrator.Errors;

/// <summary>The closed set of ways a verb on apps, or on the node below them, can fail.</summary>
public enum AppErrorKind
{
    NotFound,
    Conflict,
    Invalid,
    Unavailable,
    NotImplemented,
    Internal,
}
