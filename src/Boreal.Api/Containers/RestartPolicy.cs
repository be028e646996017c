namespace Boreal.Api.Containers;

/// <summary>When the engine starts a container again.</summary>
public sealed record RestartPolicy
{
    /// <summary><c>no</c>, <c>always</c>, <c>unless-stopped</c> or <c>on-failure</c>.</summary>
    public string Name { get; set; } = "";

    public int MaximumRetryCount { get; set; }
}
