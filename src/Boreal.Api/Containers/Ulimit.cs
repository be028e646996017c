namespace Boreal.Api.Containers;

/// <summary>One resource limit, named as in setrlimit(2), lower case.</summary>
public sealed record Ulimit
{
    public string Name { get; set; } = "";

    public long Hard { get; set; }

    public long Soft { get; set; }
}
