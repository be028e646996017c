namespace Boreal.Api.Node;

/// <summary>The drivers a request may name, by kind.</summary>
public sealed record InfoPlugins
{
    public IReadOnlyList<string>? Volume { get; init; }

    public IReadOnlyList<string>? Network { get; init; }

    public IReadOnlyList<string>? Authorization { get; init; }

    public IReadOnlyList<string>? Log { get; init; }
}
