namespace Boreal.Engine.Health;

/// <summary>What inspect shows under State.Health: the last five probes, oldest first.</summary>
public sealed record HealthStatus(HealthState State, int FailingStreak, IReadOnlyList<HealthProbe> Log)
{
    public static HealthStatus Starting { get; } = new(HealthState.Starting, 0, []);
}
