namespace Boreal.Api.Execs;

/// <summary>Answer of <c>POST /containers/{id}/exec</c>.</summary>
public sealed record ExecCreateResponse
{
    public string Id { get; set; } = "";
}
