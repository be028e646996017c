using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>A command run in a task's container. Durations are nanoseconds.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ServiceHook
{
    public IReadOnlyList<string> Command { get; set; } = [];

    public string User { get; set; } = "";

    public bool Privileged { get; set; }

    public string WorkingDir { get; set; } = "";

    /// <summary><c>KEY=value</c>.</summary>
    public IReadOnlyList<string> Env { get; set; } = [];

    /// <summary>The hook has failed when it runs longer.</summary>
    public long Timeout { get; set; } = 60_000_000_000;
}
