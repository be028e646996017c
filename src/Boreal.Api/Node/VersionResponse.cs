namespace Boreal.Api.Node;

/// <summary>The answer of <c>GET /version</c>.</summary>
public sealed record VersionResponse
{
    public VersionPlatform? Platform { get; init; }

    /// <summary>The parts the engine consists of; the first is the engine itself.</summary>
    public IReadOnlyList<VersionComponent>? Components { get; init; }

    public string Version { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    public string MinAPIVersion { get; init; } = "";

    public string GitCommit { get; init; } = "";

    public string GoVersion { get; init; } = "";

    public string Os { get; init; } = "";

    /// <summary>In Go's terms: <c>amd64</c>, <c>arm64</c>.</summary>
    public string Arch { get; init; } = "";

    public string KernelVersion { get; init; } = "";

    public string BuildTime { get; init; } = "";
}
