using System.Text.Json.Serialization;

namespace Boreal.Api.Execs;

/// <summary>Body of <c>POST /containers/{id}/exec</c>.</summary>
public sealed record ExecCreateRequest
{
    public string User { get; init; } = "";

    public bool Privileged { get; init; }

    public bool Tty { get; init; }

    /// <summary>Height, width.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<uint>? ConsoleSize { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStderr { get; init; }

    public bool AttachStdout { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DetachKeys { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public string WorkingDir { get; init; } = "";

    public IReadOnlyList<string>? Cmd { get; init; }
}
