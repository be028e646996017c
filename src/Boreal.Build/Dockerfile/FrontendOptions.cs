using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile;

/// <summary>What the caller wants of a Dockerfile.</summary>
public sealed record FrontendOptions
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>The stage to build; empty for the last one.</summary>
    public string Target { get; init; } = "";

    public IReadOnlyDictionary<string, string> BuildArguments { get; init; } = Nothing;

    public IReadOnlyDictionary<string, string> Labels { get; init; } = Nothing;

    /// <summary>The platform that builds run on.</summary>
    public required BuildPlatform BuildPlatform { get; init; }

    /// <summary>The platform to build for; null when nobody asked for one: then it is the build's, or what the base image has.</summary>
    public BuildPlatform? TargetPlatform { get; init; }

    /// <summary>The build is one of several platforms, so names of steps tell which.</summary>
    public bool IsMultiPlatform { get; init; }

    /// <summary>Stages to build again although results are known; empty for all stages, null for none.</summary>
    public IReadOnlyList<string>? StagesWithoutCache { get; init; }

    /// <summary>By name, or by <c>name::platform</c>: <c>docker-image://ref</c>, <c>local:name</c>, <c>oci-layout://...</c>, <c>input:name</c>, or a URL.</summary>
    public IReadOnlyDictionary<string, string> NamedContexts { get; init; } = Nothing;

    /// <summary>The results of other builds that named contexts may stand for.</summary>
    public IReadOnlyDictionary<string, PlannedInput> Inputs { get; init; } = new Dictionary<string, PlannedInput>();

    /// <summary>Keys of the client's folders, by the named context's name.</summary>
    public IReadOnlyDictionary<string, string> SharedKeys { get; init; } = Nothing;

    public IReadOnlyList<HostAddress> Hosts { get; init; } = [];

    /// <summary>Bytes of <c>/dev/shm</c>; 0 for the usual.</summary>
    public long ShmSize { get; init; }

    public RunLimits Limits { get; init; } = RunLimits.None;

    /// <summary>What RUN uses that asks for no network of its own.</summary>
    public RunNetwork Network { get; init; }

    public string HostName { get; init; } = "";

    public ImageResolveMode ResolveMode { get; init; }

    /// <summary>Goes in front of the ids of cache mounts, so that builds can keep theirs apart.</summary>
    public string CacheNamespace { get; init; } = "";

    /// <summary>Overrides the file's <c>check</c> directive; null to obey it.</summary>
    public string? Checks { get; init; }

    /// <summary>The patterns of the ignore file that belongs to the Dockerfile or the context.</summary>
    public IReadOnlyList<string> IgnoredPatterns { get; init; } = [];

    /// <summary>Files for COPY when they come from elsewhere than the client's folder.</summary>
    public Operation? MainContext { get; init; }
}
