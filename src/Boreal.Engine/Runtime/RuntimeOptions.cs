using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Runtime;

/// <summary>The daemon's defaults for every container's bundle.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Parent of all containers' groups where a container names none.</summary>
    public string CgroupParent { get; init; } = "/boreal";

    /// <summary>The init of <c>--init</c> by option; empty looks in the usual places.</summary>
    public string InitPath { get; init; } = "";

    /// <summary>Whether containers that do not say get an init.</summary>
    public bool Init { get; init; }

    /// <summary>Whether containers that do not say get no-new-privileges.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>Default seccomp profile: empty is the built-in one, else <c>unconfined</c> or a profile's JSON.</summary>
    public string SeccompProfile { get; init; } = "";

    /// <summary>Resource limits of containers that do not name them.</summary>
    public IReadOnlyList<UlimitSpec> DefaultUlimits { get; init; } = [];
}
