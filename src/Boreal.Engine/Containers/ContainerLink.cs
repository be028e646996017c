using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Containers;

/// <summary>Another container on the default bridge, and what this one calls it: Docker's legacy <c>--link</c>.</summary>
internal sealed record ContainerLink(string Alias, ContainerSpec Other, string Address, string Address6)
{
    /// <summary>What the other's address is called in /etc/hosts.</summary>
    public string HostNames => Alias == Other.Name ? $"{Alias} {Other.Process.Hostname}" : $"{Alias} {Other.Process.Hostname} {Other.Name}";
}
