using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime;

namespace Boreal.Tests.Unit.Runtime;

/// <summary>One create request, as the spec it comes to.</summary>
internal sealed record BundleCase(Func<ContainerSpec, ContainerSpec> Spec, Func<BundleInputs, BundleInputs>? Inputs = null)
{
    public static BundleCase Process(Func<ProcessSpec, ProcessSpec> change) => new(spec => spec with { Process = change(spec.Process) });

    public static BundleCase Resources(Func<ResourceSpec, ResourceSpec> change) => new(spec => spec with { Resources = change(spec.Resources) });

    public static BundleCase Security(Func<SecuritySpec, SecuritySpec> change) => new(spec => spec with { Security = change(spec.Security) });

    public static BundleCase Namespaces(Func<NamespaceSpec, NamespaceSpec> change, Func<BundleInputs, BundleInputs>? inputs = null) =>
        new(spec => spec with { Namespaces = change(spec.Namespaces) }, inputs);

    public static BundleCase Storage(Func<StorageSpec, StorageSpec> change) => new(spec => spec with { Storage = change(spec.Storage) });

    public static BundleCase Mounted(params MountPoint[] points) => Storage(storage => storage with { MountPoints = points });
}
