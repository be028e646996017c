using System.Collections.Frozen;

namespace Boreal.Compose.Schema;

/// <summary>What a value may look like: any of a scalar, a list and a mapping.</summary>
internal sealed record Shape
{
    private readonly FrozenDictionary<string, Field> _byName = FrozenDictionary<string, Field>.Empty;

    public ScalarRule? Scalar { get; init; }

    /// <summary>The items of a list; null if it can't be one.</summary>
    public Shape? Items { get; init; }

    public bool HasDistinctItems { get; init; }

    /// <summary>The keys of a mapping in the order they are printed; null if it can't be one with known keys.</summary>
    public IReadOnlyList<Field>? Fields
    {
        get;
        init
        {
            field = value;
            _byName = (value ?? []).ToFrozenDictionary(item => item.Name, StringComparer.Ordinal);
        }
    }

    /// <summary>Whether <c>x-</c> keys may stand beside the known ones.</summary>
    public bool IsExtensible { get; init; } = true;

    /// <summary>The values of a mapping with keys of the user's choice; null if it can't be one.</summary>
    public Shape? Values { get; init; }

    /// <summary>Whether the keys of <see cref="Values"/> are names of services, networks and the like.</summary>
    public bool HasNames { get; init; }

    public bool AllowsNull { get; init; }

    /// <summary>A way to print it that nothing else has.</summary>
    public Printing Printing { get; init; }

    /// <summary>A mapping without any rules.</summary>
    public bool IsFree { get; init; }

    public bool IsMapping => Fields is not null || Values is not null || IsFree;

    public Field? Find(string name) => _byName.GetValueOrDefault(name);
}
