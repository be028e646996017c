namespace Boreal.Orchestrator.Scaling;

/// <summary>What the ingress saw of a service since the last look, over all replicas.</summary>
/// <param name="InFlight">Requests under way, on average.</param>
/// <param name="PerSecond">Requests that came.</param>
/// <param name="Answered">Requests that ended.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="ResponseTimes">Seconds by percentile (0.95), as far as metrics ask for them.</param>
public sealed record TrafficSample(double InFlight, double PerSecond, long Answered, long Failed, IReadOnlyDictionary<double, double> ResponseTimes)
{
    public double ErrorRate => Answered is 0 ? 0 : (double)Failed / Answered;
}
