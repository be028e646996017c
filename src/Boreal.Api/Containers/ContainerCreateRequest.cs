namespace Boreal.Api.Containers;

/// <summary>Body of <c>POST /containers/create</c>: the configuration itself, with the host's part beside it.</summary>
public sealed record ContainerCreateRequest : ContainerConfig
{
    public HostConfig? HostConfig { get; set; }

    public NetworkingConfig? NetworkingConfig { get; set; }
}
