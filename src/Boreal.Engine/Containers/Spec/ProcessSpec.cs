namespace Boreal.Engine.Containers.Spec;

/// <summary>The container's main process: Docker's Config, the part that describes what runs.</summary>
public sealed record ProcessSpec
{
    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    /// <summary><c>KEY=value</c>, image and request merged, in order.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Empty means <c>/</c>.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary><c>user[:group]</c>, names or numbers; empty means root.</summary>
    public string User { get; init; } = "";

    public IReadOnlyList<string>? AdditionalGroups { get; init; }

    public required string Hostname { get; init; }

    public string Domainname { get; init; } = "";

    public bool Tty { get; init; }

    public bool OpenStdin { get; init; }

    /// <summary>Stdin closes when the first attached client ends.</summary>
    public bool StdinOnce { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStdout { get; init; }

    public bool AttachStderr { get; init; }

    /// <summary>Rows and columns a terminal starts with; null or zeros leave the kernel's default.</summary>
    public ConsoleSize? ConsoleSize { get; init; }

    /// <summary>Name or number; null means SIGTERM.</summary>
    public string? StopSignal { get; init; }

    /// <summary>Seconds between the stop signal and SIGKILL; null means the daemon's 10, negative means wait forever.</summary>
    public int? StopTimeout { get; init; }

    /// <summary>The image's SHELL, used by health checks of the CMD-SHELL kind.</summary>
    public IReadOnlyList<string>? Shell { get; init; }

    public IReadOnlyList<string>? OnBuild { get; init; }

    /// <summary>An init (tini's place) reaps zombies as pid 1; null means the daemon's default.</summary>
    public bool? Init { get; init; }
}
