using Boreal.Compose.Yaml;

namespace Boreal.Compose.Schema;

/// <summary>A key of a mapping, and everything that is particular to it.</summary>
internal sealed record Field(string Name, Shape Shape)
{
    public bool IsRequired { get; init; }

    public Presence Presence { get; init; }

    public MergeRule Merge { get; init; }

    public UniqueBy Unique { get; init; }

    /// <summary>Turns the short form into the long one; given the value and its path.</summary>
    public Func<Node, Node>? Expand { get; init; }

    public PathRule Path { get; init; }

    /// <summary>Whether the key is read but never printed.</summary>
    public bool IsHidden { get; init; }
}
