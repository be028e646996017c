using Boreal.Engine.Runtime;

namespace Boreal.Engine.Execs;

/// <summary>What was asked of an exec. Immutable.</summary>
public sealed record ExecSpec
{
    public required ExecProcess Process { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStdout { get; init; }

    public bool AttachStderr { get; init; }

    /// <summary>As the client sent it; null is the daemon's default.</summary>
    public string? DetachKeys { get; init; }
}
