namespace Boreal.Engine.Errors;

/// <summary>The closed set of ways an engine verb can fail. The daemon maps each to one HTTP status.</summary>
public enum ErrorKind
{
    NotFound,
    Conflict,
    Invalid,
    Unauthorized,
    Forbidden,
    Unavailable,
    NotImplemented,
    Internal,

    /// <summary>Another machine failed us. Docker answers as if it were its own fault; for the log it is none.</summary>
    Remote,
}
