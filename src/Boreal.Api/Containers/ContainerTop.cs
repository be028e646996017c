namespace Boreal.Api.Containers;

/// <summary>Answer of <c>GET /containers/{id}/top</c>: what ps(1) prints, in columns.</summary>
public sealed record ContainerTop
{
    public IReadOnlyList<IReadOnlyList<string>> Processes { get; set; } = [];

    public IReadOnlyList<string> Titles { get; set; } = [];
}
