using Boreal.Engine.Errors;

namespace Boreal.Engine.Shims;

/// <summary>The OCI runtime could not start a process. The message is Docker's, from which its CLI takes the exit code.</summary>
public sealed class RuntimeStartException(int exitCode, ErrorKind kind, string message) : Exception(message)
{
    /// <summary>127: no such program, 126: not one that can be run, 128: anything else.</summary>
    public int ExitCode { get; } = exitCode;

    public ErrorKind Kind { get; } = kind;
}
