namespace Boreal.Engine.Networks.Balancing;

/// <summary>Labels of a container that ask for balancing; docs/guides/balancing.md is what we promise.</summary>
public static class BalanceLabels
{
    /// <summary>Containers with the same value share the host ports that they publish.</summary>
    public const string Group = "io.boreal.balance";

    /// <summary>A name that stands for one virtual address on each of the group's own networks.</summary>
    public const string Name = "io.boreal.balance.name";

    /// <summary>Who gets a connection; by default each container in turn.</summary>
    public const string Affinity = "io.boreal.balance.affinity";

    /// <summary>Of <see cref="Affinity"/>: connections from one address go to one container.</summary>
    public const string AffinityToSource = "source";
}
