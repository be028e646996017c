using Boreal.Api.Apps;
using Boreal.Orchestrator.Scaling;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Reporting;

/// <summary>A service in numbers.</summary>
/// <param name="Service">What is known of it.</param>
/// <param name="Usage">What it uses.</param>
/// <param name="Settings">How it scales by itself; null: it does not, or was not looked at yet.</param>
/// <param name="Readings">What its metrics were at the last look.</param>
public sealed record ServiceFigures(ServiceView Service, ServiceUsage Usage, AutoscaleSettings? Settings, IReadOnlyList<MetricReading> Readings);
