namespace Boreal.Api.Containers;

/// <summary>Result of the health checks so far.</summary>
public sealed record Health
{
    /// <summary><c>starting</c>, <c>healthy</c> or <c>unhealthy</c>.</summary>
    public string Status { get; set; } = "";

    public int FailingStreak { get; set; }

    /// <summary>The last five probes.</summary>
    public IReadOnlyList<HealthProbe>? Log { get; set; }
}
