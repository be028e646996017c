namespace Boreal.Linux.Netlink;

/// <summary>What links on the same parent see of each other.</summary>
public enum MacvlanMode
{
    Private = 1,

    /// <summary>Each other only by way of a switch that sends frames back.</summary>
    Vepa = 2,

    Bridge = 4,

    /// <summary>One link that has the parent for itself.</summary>
    PassThrough = 8,
}
