namespace Boreal.Api.Containers;

/// <summary>Body of <c>POST /containers/{id}/update</c>; zero values keep what is.</summary>
public sealed record ContainerUpdateRequest : Resources
{
    public RestartPolicy? RestartPolicy { get; set; }
}
