using System.Text.Json;
using System.Text.Json.Serialization;
using Boreal.Api.Containers;

namespace Boreal.Api.Apps;

/// <summary>
/// What is asked of one service of an app. Durations are nanoseconds. Changing <see cref="Template"/>, <see cref="Ports"/>,
/// <see cref="ContainerName"/> or <see cref="ForceUpdate"/> replaces tasks; everything else applies to those that run.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ServiceSpec
{
    /// <summary>Unique in its app; the service name of the compose file.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// What each task's container is made from. The orchestrator adds what differs by slot: the name, the label
    /// <c>com.docker.compose.container-number</c>, the container's name as a network alias, and the bindings of <see cref="Ports"/>.
    /// Its restart policy is not used: <see cref="Restart"/> is.
    /// </summary>
    public ContainerCreateRequest Template { get; set; } = new();

    /// <summary>Of the service, not of its containers (<c>deploy.labels</c>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>The exact name of the only container; null names them <c>app-service-slot</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContainerName { get; set; }

    /// <summary>Between the parts of a container's name: <c>-</c>, or <c>_</c> for names as Compose 1 had them.</summary>
    public string NameSeparator { get; set; } = "-";

    /// <summary><c>replicated</c>, or <c>global</c>: one task per node.</summary>
    public string Mode { get; set; } = "replicated";

    public int Replicas { get; set; } = 1;

    /// <summary>The tasks end and their containers stay, until this is false again (<c>compose stop</c>).</summary>
    public bool Stopped { get; set; }

    /// <summary>Another value replaces every task although nothing else changed.</summary>
    public int ForceUpdate { get; set; }

    public IReadOnlyList<ServiceDependency> DependsOn { get; set; } = [];

    public UpdatePolicy Update { get; set; } = new();

    public UpdatePolicy Rollback { get; set; } = new();

    public TaskRestartPolicy Restart { get; set; } = new();

    /// <summary>From the stop signal to SIGKILL; null: the container's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? StopGracePeriod { get; set; }

    /// <summary>The longest a task that is out of every balancer waits for its work in flight before it is stopped.</summary>
    public long DrainTimeout { get; set; } = 30_000_000_000;

    /// <summary>Run in the container after its start, before it counts as running.</summary>
    public IReadOnlyList<ServiceHook> PostStart { get; set; } = [];

    /// <summary>Run in the container after draining, before the stop signal.</summary>
    public IReadOnlyList<ServiceHook> PreStop { get; set; } = [];

    public IReadOnlyList<ServicePort> Ports { get; set; } = [];

    public IReadOnlyList<HttpRoute> Routes { get; set; } = [];

    /// <summary><c>vip</c>: the service's name is one stable address; <c>dnsrr</c>: the addresses of all ready tasks.</summary>
    public string EndpointMode { get; set; } = "vip";

    /// <summary>The autoscaler's settings, as it reads them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Autoscale { get; set; }
}
