using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime.Resources;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Runtime;

/// <summary>Checks limits against what this kernel can do, as Docker does at create and update.</summary>
public sealed class ResourceValidator(KernelFeatures features)
{
    private const int MaximumOomScore = 1000;

    /// <summary>Returns the limits that can be kept; what had to be discarded is told in <paramref name="warnings"/>.</summary>
    /// <exception cref="EngineException">A limit is out of range, in Docker's words.</exception>
    public ResourceSpec Validate(ResourceSpec resources, bool isUpdate, ICollection<string> warnings)
    {
        var check = new LimitCheck(features, warnings);
        return check.BlockIo(check.Cpuset(check.Cpu(check.Pids(check.Memory(resources, isUpdate)))));
    }

    /// <summary>Checks the container's limits, the size of its shared memory and its OOM score.</summary>
    public ContainerSpec Validate(ContainerSpec spec, ICollection<string> warnings)
    {
        var resources = Validate(spec.Resources, isUpdate: false, warnings);
        if (spec.Storage.ShmSize < 0) throw new EngineException(ErrorKind.Invalid, "SHM size can not be less than 0");
        if (Math.Abs((long)resources.OomScoreAdj) > MaximumOomScore)
            throw new EngineException(ErrorKind.Invalid, $"Invalid value {resources.OomScoreAdj}, range for oom score adj is [-{MaximumOomScore}, {MaximumOomScore}]");
        return spec with { Resources = resources };
    }
}
