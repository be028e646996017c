namespace Boreal.Api.Apps;

/// <summary>A revision of a service that was asked for once.</summary>
public sealed record RevisionSummary
{
    public long Revision { get; set; }

    public DateTimeOffset At { get; set; }

    public string Image { get; set; } = "";

    /// <summary>What changed against the one before, as names of fields.</summary>
    public IReadOnlyList<string> Changes { get; set; } = [];

    public bool IsCurrent { get; set; }
}
