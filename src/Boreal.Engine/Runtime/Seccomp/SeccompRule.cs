using Boreal.Engine.Runtime.Security;

namespace Boreal.Engine.Runtime.Seccomp;

/// <summary>What happens on some system calls.</summary>
internal sealed record SeccompRule(IReadOnlyList<string> Names, string Action)
{
    public uint? Errno { get; init; }

    public IReadOnlyList<SeccompArgument> Arguments { get; init; } = [];

    /// <summary>All of it must hold.</summary>
    public SeccompCondition? Includes { get; init; }

    /// <summary>None of it may hold.</summary>
    public SeccompCondition? Excludes { get; init; }

    public bool AppliesTo(RuntimeHost host, Capabilities capabilities) => !IsExcluded(host, capabilities) && IsIncluded(host, capabilities);

    private bool IsExcluded(RuntimeHost host, Capabilities capabilities) =>
        Excludes is { } condition
        && (condition.Architectures.Contains(host.Architecture)
            || condition.Capabilities.Any(capabilities.Contains)
            || (condition.MinimumKernel is { } kernel && host.Kernel >= kernel));

    private bool IsIncluded(RuntimeHost host, Capabilities capabilities) =>
        Includes is not { } condition
        || ((condition.Architectures.Count == 0 || condition.Architectures.Contains(host.Architecture))
            && condition.Capabilities.All(capabilities.Contains)
            && (condition.MinimumKernel is not { } kernel || host.Kernel >= kernel));
}
