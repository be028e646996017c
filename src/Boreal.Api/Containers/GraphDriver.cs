namespace Boreal.Api.Containers;

/// <summary>Where a storage driver keeps a file system.</summary>
public sealed record GraphDriver
{
    public IReadOnlyDictionary<string, string>? Data { get; set; }

    public string Name { get; set; } = "";
}
