namespace Boreal.Orchestrator.Errors;

/// <summary>A failure its caller can act on. The message is shown to people: lower case, no full stop, naming the thing and the next step.</summary>
public sealed class AppException : Exception
{
    public AppException(AppErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    public AppErrorKind Kind { get; }
}
