namespace Boreal.Orchestrator.Scaling;

/// <summary>What a service can be scaled by.</summary>
public enum MetricKind
{
    /// <summary>Processor time a replica uses, as a share of what it may use.</summary>
    Cpu,

    /// <summary>Memory a replica holds, as a share of its limit. Never scales down: heaps do not shrink.</summary>
    Memory,

    /// <summary>A percentile of the time requests take, in seconds, over all replicas.</summary>
    ResponseTime,

    /// <summary>Requests in flight per replica.</summary>
    Concurrency,

    /// <summary>Requests a second per replica.</summary>
    Requests,

    /// <summary>A number somebody else tells, shared out over the replicas.</summary>
    Custom,
}
