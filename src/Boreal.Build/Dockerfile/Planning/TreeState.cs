using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>A stage's files so far, and what the next step runs with.</summary>
internal sealed record TreeState
{
    public Operation? Tree { get; init; }

    /// <summary>The image's variables and the stage's arguments.</summary>
    public Variables Environment { get; init; } = Variables.Empty;

    public string Directory { get; init; } = "/";

    public string User { get; init; } = "";

    public string HostName { get; init; } = "";

    public RunNetwork Network { get; init; }
}
