namespace Boreal.Build.Dockerfile.Instructions;

/// <summary><c>RUN</c></summary>
internal sealed record RunInstruction : Instruction
{
    public required CommandLine Command { get; init; }

    /// <summary>The mounts as written: their values may have variables, so they are read when the step is planned.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>What each mount is from, which can't have variables; null where a mount names nothing.</summary>
    public IReadOnlyList<string?> MountSources { get; init; } = [];

    /// <summary><c>default</c>, <c>none</c> or <c>host</c></summary>
    public required string Network { get; init; }

    /// <summary><c>sandbox</c> or <c>insecure</c></summary>
    public required string Security { get; init; }

    public IReadOnlyList<RunDevice> Devices { get; init; } = [];
}
