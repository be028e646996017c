namespace Boreal.Engine.Containers.Spec;

/// <summary>Privileges of the container's processes.</summary>
public sealed record SecuritySpec
{
    public bool Privileged { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    /// <summary><c>no-new-privileges</c>, <c>seccomp=unconfined</c> or a profile's JSON, <c>systempaths=unconfined</c>, <c>label=...</c>.</summary>
    public IReadOnlyList<string>? SecurityOptions { get; init; }

    /// <summary>Null means Docker's default list; empty means none.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Null means Docker's default list; empty means none.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    public IReadOnlyList<DeviceMapping>? Devices { get; init; }

    /// <summary>As <c>c 1:3 rwm</c>.</summary>
    public IReadOnlyList<string>? DeviceCgroupRules { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }
}
