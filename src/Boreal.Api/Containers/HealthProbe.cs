namespace Boreal.Api.Containers;

/// <summary>One run of a health check.</summary>
public sealed record HealthProbe
{
    public string Start { get; init; } = "";

    public string End { get; init; } = "";

    public int ExitCode { get; init; }

    public string Output { get; init; } = "";
}
