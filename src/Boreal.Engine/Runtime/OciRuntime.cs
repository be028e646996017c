namespace Boreal.Engine.Runtime;

/// <summary>A runtime-spec binary this engine can start containers with.</summary>
public sealed record OciRuntime
{
    /// <summary>The name clients use, for example <c>crun</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the binary; as configured if it was not found.</summary>
    public required string Path { get; init; }

    /// <summary>Arguments put before the command.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>It is crun under whatever name, which takes shortcuts that the runtime-spec does not know.</summary>
    public bool IsCrun => System.IO.Path.GetFileName(Path) == "crun";

    /// <summary>Whether the binary is there.</summary>
    public required bool IsInstalled { get; init; }
}
