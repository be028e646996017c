using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>Where a task is in its life, with Swarm's names and numbers. A task only moves forward.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskState>))]
public enum TaskState
{
    /// <summary>Asked for.</summary>
    New = 0,

    /// <summary>Waits for a node.</summary>
    Pending = 64,

    /// <summary>Has a node.</summary>
    Assigned = 192,

    /// <summary>The node has taken it.</summary>
    Accepted = 256,

    /// <summary>Its container is being made.</summary>
    Preparing = 320,

    /// <summary>Its container is made and not started.</summary>
    Ready = 384,

    /// <summary>Its container runs and is not yet known to work.</summary>
    Starting = 448,

    /// <summary>Its container runs and, where it has a health check, is healthy.</summary>
    Running = 512,

    /// <summary>Ended by itself with exit code 0.</summary>
    Complete = 576,

    /// <summary>Ended because it was asked to.</summary>
    Shutdown = 640,

    /// <summary>Ended by itself in another way, or was unhealthy.</summary>
    Failed = 704,

    /// <summary>Its container could not be made.</summary>
    Rejected = 768,

    /// <summary>Its container is removed.</summary>
    Remove = 800,

    /// <summary>Its node is gone.</summary>
    Orphaned = 832,
}
