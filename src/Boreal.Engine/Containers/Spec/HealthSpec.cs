namespace Boreal.Engine.Containers.Spec;

/// <summary>Health check as in the image-spec's Docker extension. Zero durations mean Docker's defaults; test <c>["NONE"]</c> switches it off.</summary>
public sealed record HealthSpec
{
    public IReadOnlyList<string>? Test { get; init; }

    public TimeSpan Interval { get; init; }

    public TimeSpan Timeout { get; init; }

    public TimeSpan StartPeriod { get; init; }

    public TimeSpan StartInterval { get; init; }

    public int Retries { get; init; }
}
