namespace Boreal.Api.Execs;

/// <summary>Answer of <c>GET /exec/{id}/json</c>.</summary>
public sealed record ExecInspect
{
    public string ID { get; init; } = "";

    public bool Running { get; init; }

    /// <summary>Null until it ended.</summary>
    public int? ExitCode { get; init; }

    public ExecProcessConfig ProcessConfig { get; init; } = new();

    public bool OpenStdin { get; init; }

    public bool OpenStderr { get; init; }

    public bool OpenStdout { get; init; }

    public bool CanRemove { get; init; }

    public string ContainerID { get; init; } = "";

    /// <summary>The keys' bytes in base64.</summary>
    public string DetachKeys { get; init; } = "";

    public int Pid { get; init; }
}
