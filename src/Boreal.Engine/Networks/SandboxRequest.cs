using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks;

/// <summary>The container a sandbox is for, as far as networks must know it.</summary>
public sealed record SandboxRequest(ContainerId Id, string Name, string Hostname, NetworkSpec Network)
{
    public static SandboxRequest Of(ContainerSpec spec) => new(spec.Id, spec.Name, spec.Process.Hostname, spec.Network);
}
