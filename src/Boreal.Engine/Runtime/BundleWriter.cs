using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime;

/// <summary>Writes the runtime-spec bundle of a container.</summary>
public sealed class BundleWriter(RuntimeOptions options, Cgroups cgroups)
{
    /// <exception cref="EngineException">The spec names a user, group or device that does not exist, or no init is installed.</exception>
    public BundleSpec Write(ContainerSpec spec, BundleInputs inputs) =>
        throw new EngineException(ErrorKind.NotImplemented, $"bundle of {spec.Id.Short}: {options} {cgroups}");
}
