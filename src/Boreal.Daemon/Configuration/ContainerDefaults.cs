using Boreal.Engine.Containers.Spec;

namespace Boreal.Daemon.Configuration;

/// <summary>What containers get when their request does not say.</summary>
internal sealed record ContainerDefaults
{
    public string LogDriver { get; init; } = "json-file";

    public IReadOnlyDictionary<string, string> LogOptions { get; init; } = new Dictionary<string, string>();

    public string CgroupParent { get; init; } = "/boreal";

    /// <summary>Empty: crun, or runc where only that is installed.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>Further OCI runtimes: name to path.</summary>
    public IReadOnlyDictionary<string, string> Runtimes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<UlimitSpec> Ulimits { get; init; } = [];

    public long ShmSize { get; init; } = 64 * 1024 * 1024;

    public bool Init { get; init; }

    public string InitPath { get; init; } = "";

    public bool NoNewPrivileges { get; init; }

    /// <summary>Empty: the built-in profile; else <c>unconfined</c> or a profile's JSON.</summary>
    public string SeccompProfile { get; init; } = "";
}
