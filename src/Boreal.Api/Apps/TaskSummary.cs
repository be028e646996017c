using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>One task of a service: what is asked of it and what is seen.</summary>
public sealed record TaskSummary
{
    public string Id { get; set; } = "";

    public string App { get; set; } = "";

    public string Service { get; set; } = "";

    /// <summary>From 1; the container's number.</summary>
    public int Slot { get; set; }

    /// <summary>Of the service, when the task was made.</summary>
    public long Revision { get; set; }

    /// <summary><c>Ready</c>, <c>Running</c>, <c>Shutdown</c> or <c>Remove</c>.</summary>
    public TaskState Desired { get; set; }

    public TaskState State { get; set; }

    /// <summary>Empty when there is none (any more).</summary>
    public string ContainerId { get; set; } = "";

    public string ContainerName { get; set; } = "";

    public string Image { get; set; } = "";

    public string Node { get; set; } = "";

    /// <summary>What it waits for, or why it ended.</summary>
    public string Why { get; set; } = "";

    /// <summary>Of a container that has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; set; }

    /// <summary>Whether it gets new connections: <c>none</c>, <c>ready</c> or <c>draining</c>.</summary>
    public string Rotation { get; set; } = "none";

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when it is in <see cref="State"/>.</summary>
    public DateTimeOffset Since { get; set; }
}
