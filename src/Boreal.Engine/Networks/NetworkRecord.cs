namespace Boreal.Engine.Networks;

/// <summary>What is kept of a predefined network under its name.</summary>
internal sealed record NetworkRecord(string Id)
{
    public DateTimeOffset? Created { get; init; }
}
