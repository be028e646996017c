namespace Boreal.Orchestrator.Scaling;

/// <summary>What was seen of a service at one look.</summary>
/// <param name="Desired">The replicas asked for now.</param>
/// <param name="Replicas">Those that exist.</param>
public sealed record ServiceSample(int Desired, IReadOnlyList<ReplicaSample> Replicas)
{
    /// <summary>Null: no ingress sees this service.</summary>
    public TrafficSample? Traffic { get; init; }

    /// <summary>Custom metrics by <see cref="ScalingMetric.Url"/> and name; one that could not be read is missing.</summary>
    public IReadOnlyDictionary<(string Url, string Name), double> Custom { get; init; } = new Dictionary<(string, string), double>();

    /// <summary>A rolling update is under way.</summary>
    public bool Updating { get; init; }

    public int Ready => Replicas.Count(replica => replica.Ready);
}
