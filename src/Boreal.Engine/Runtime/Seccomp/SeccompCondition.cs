namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>When a rule of a profile in Docker's format counts. Empty members do not matter.</summary>
internal sealed record SeccompCondition
{
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Docker's names, for example <c>amd64</c>.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    public Version? MinimumKernel { get; init; }
}
