using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>What must hold of another service of the app before a task of this one starts, each time it starts.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ServiceDependency
{
    public string Service { get; set; } = "";

    /// <summary><c>service_started</c>, <c>service_healthy</c> or <c>service_completed_successfully</c>.</summary>
    public string Condition { get; set; } = "service_started";

    /// <summary>Whether the tasks are replaced after the other service was updated.</summary>
    public bool Restart { get; set; }

    /// <summary>False: a service that does not exist is no obstacle.</summary>
    public bool Required { get; set; } = true;
}
