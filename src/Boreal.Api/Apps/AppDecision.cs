namespace Boreal.Api.Apps;

/// <summary>Something the orchestrator decided, and why.</summary>
public sealed record AppDecision
{
    public DateTimeOffset At { get; set; }

    /// <summary>As <c>scale</c>, <c>update</c>, <c>restart</c>, <c>pause</c>, <c>rollback</c>, <c>adopt</c>, <c>remove</c>.</summary>
    public string Action { get; set; } = "";

    /// <summary>0: the whole service.</summary>
    public int Slot { get; set; }

    public long Revision { get; set; }

    public string Why { get; set; } = "";
}
