namespace Boreal.Orchestrator.Scaling;

/// <summary>What a metric was at a look, in the unit of its target.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">Null: it could not be measured, or there was too little to judge it by.</param>
public sealed record MetricReading(ScalingMetric Metric, double? Value);
