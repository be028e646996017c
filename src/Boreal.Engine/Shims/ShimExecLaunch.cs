using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Shims;

/// <summary>A process to run in a running container.</summary>
public sealed record ShimExecLaunch
{
    public required string ExecId { get; init; }

    /// <summary>A file with the runtime-spec's process object.</summary>
    public required string ProcessSpecPath { get; init; }

    public required bool Tty { get; init; }

    public required bool AttachStdin { get; init; }

    public required bool AttachStdout { get; init; }

    public required bool AttachStderr { get; init; }

    public ConsoleSize? ConsoleSize { get; init; }

    /// <summary>
    /// Called once with the exit code before the streams end, so that whoever sees their end finds the exec finished.
    /// Must be quick and must not throw.
    /// </summary>
    public Action<int>? Ended { get; init; }
}
