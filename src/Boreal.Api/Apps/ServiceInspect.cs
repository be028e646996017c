using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>A service: asked and observed.</summary>
public sealed record ServiceInspect
{
    public string App { get; set; } = "";

    public string Name { get; set; } = "";

    public ServiceSpec Spec { get; set; } = new();

    /// <summary>Counts changes that replace tasks.</summary>
    public long Revision { get; set; }

    /// <summary>Changes with every change of the service; give it as <c>version</c> to change only what you have seen.</summary>
    public long Version { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UpdateStatus? Update { get; set; }

    public ServiceCounts Counts { get; set; } = new();

    /// <summary>Every slot runs a task of the newest revision (or has completed), nothing is being replaced, and the balancer agrees.</summary>
    public bool Converged { get; set; }

    /// <summary>On the way out: it is gone when its last container is.</summary>
    public bool Removing { get; set; }

    /// <summary>Only in a stream of changes: it is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Gone { get; set; }

    /// <summary>The newest of each slot first.</summary>
    public IReadOnlyList<TaskSummary> Tasks { get; set; } = [];
}
