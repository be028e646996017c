namespace Boreal.Api.Node;

/// <summary>One registry known by name.</summary>
public sealed record InfoRegistry
{
    public string Name { get; init; } = "";

    public IReadOnlyList<string>? Mirrors { get; init; }

    public bool Secure { get; init; }

    public bool Official { get; init; }
}
