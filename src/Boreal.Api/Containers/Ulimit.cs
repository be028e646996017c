namespace Boreal.Api.Containers;

/// <summary>One resource limit, named as in setrlimit(2), lower case.</summary>
public sealed record Ulimit
{
    public string Name { get; init; } = "";

    public long Hard { get; init; }

    public long Soft { get; init; }
}
