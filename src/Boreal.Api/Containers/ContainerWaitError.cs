namespace Boreal.Api.Containers;

/// <summary>Why waiting failed although the container ended.</summary>
public sealed record ContainerWaitError
{
    public string Message { get; set; } = "";
}
