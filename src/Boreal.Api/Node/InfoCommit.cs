namespace Boreal.Api.Node;

/// <summary>The version of a program the engine uses, as found and as expected.</summary>
public sealed record InfoCommit
{
    public string ID { get; init; } = "";

    public string Expected { get; init; } = "";
}
