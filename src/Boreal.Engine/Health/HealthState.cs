namespace Boreal.Engine.Health;

/// <summary>Outcome of health checking so far.</summary>
public enum HealthState
{
    Starting,
    Healthy,
    Unhealthy,
}
