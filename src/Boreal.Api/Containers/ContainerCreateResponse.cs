namespace Boreal.Api.Containers;

/// <summary>Answer of <c>POST /containers/create</c>.</summary>
public sealed record ContainerCreateResponse
{
    public string Id { get; set; } = "";

    public IReadOnlyList<string> Warnings { get; set; } = [];
}
