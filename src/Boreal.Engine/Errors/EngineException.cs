namespace Boreal.Engine.Errors;

/// <summary>
/// A failure the caller of an engine verb can act on. The message is shown to people as it is: lower case,
/// no full stop, naming the thing and the next step (Docker's own words where tools match on them).
/// </summary>
public sealed class EngineException : Exception
{
    public EngineException(ErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    public ErrorKind Kind { get; }
}
