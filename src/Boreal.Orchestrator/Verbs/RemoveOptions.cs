namespace Boreal.Orchestrator.Verbs;

/// <summary>How a service is removed or stopped.</summary>
/// <param name="WithVolumes">The containers' anonymous volumes go too.</param>
/// <param name="Grace">From stop signal to SIGKILL; null: the service's own.</param>
public sealed record RemoveOptions(bool WithVolumes = false, TimeSpan? Grace = null);
