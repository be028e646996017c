using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Runtime;

/// <summary>A further process in a running container, as asked for.</summary>
public sealed record ExecProcess
{
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Added to the container's environment; the same key replaces.</summary>
    public IReadOnlyList<string>? Environment { get; init; }

    /// <summary><c>user[:group]</c>; empty is the container's user.</summary>
    public string User { get; init; } = "";

    /// <summary>Empty is the container's.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Host name where the container's network, and so its name, is another's; null is the spec's own.</summary>
    public string? Hostname { get; init; }

    public bool Tty { get; init; }

    public bool Privileged { get; init; }

    public ConsoleSize? ConsoleSize { get; init; }
}
