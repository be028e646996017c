namespace Boreal.BuildWire.Ignore;

/// <summary>What a walk knows about a folder and hands to its entries. The default value begins a walk.</summary>
public readonly struct PathMatch
{
    private readonly bool[]? _hits;

    internal PathMatch(bool isMatched, bool[] hits) => (IsMatched, _hits) = (isMatched, hits);

    /// <summary>The patterns match the path.</summary>
    public bool IsMatched { get; }

    internal bool IsStart => _hits is null;

    internal bool Hit(int pattern) => _hits is { } hits && hits[pattern];
}
