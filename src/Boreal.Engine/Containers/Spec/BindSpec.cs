namespace Boreal.Engine.Containers.Spec;

/// <summary>Options of a bind mount, see mount_namespaces(7) for propagation.</summary>
public sealed record BindSpec
{
    public string Propagation { get; init; } = "";

    public bool NonRecursive { get; init; }

    public bool CreateMountpoint { get; init; }

    public bool ReadOnlyNonRecursive { get; init; }

    public bool ReadOnlyForceRecursive { get; init; }
}
