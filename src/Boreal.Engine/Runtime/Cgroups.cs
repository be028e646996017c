using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime;

/// <summary>Knows the machine's control groups and where a container's group lies in them.</summary>
public sealed class Cgroups(CgroupLayout layout, RuntimeOptions options, TimeProvider time)
{
    public CgroupLayout Layout { get; } = layout;

    /// <summary>The runtime-spec's cgroupsPath.</summary>
    public string PathOf(ContainerId id, ResourceSpec resources)
    {
        var parent = resources.CgroupParent.Length > 0 ? resources.CgroupParent : options.CgroupParent;
        // Resolved from the root, so that a parent of ../.. stays inside the hierarchy.
        return Path.GetFullPath(id.Value, Path.GetFullPath(parent, "/"));
    }

    public ContainerCgroup Of(ContainerId id, ResourceSpec resources) => new(Layout, PathOf(id, resources), time);
}
