namespace Boreal.Api.Containers;

/// <summary>One run of a health check.</summary>
public sealed record HealthProbe
{
    public string Start { get; set; } = "";

    public string End { get; set; } = "";

    public int ExitCode { get; set; }

    public string Output { get; set; } = "";
}
