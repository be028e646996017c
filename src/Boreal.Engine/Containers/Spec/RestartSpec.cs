namespace Boreal.Engine.Containers.Spec;

/// <summary>Restart policy: <c>no</c>, <c>always</c>, <c>unless-stopped</c> or <c>on-failure</c>.</summary>
public sealed record RestartSpec(string Policy, int MaximumRetryCount);
