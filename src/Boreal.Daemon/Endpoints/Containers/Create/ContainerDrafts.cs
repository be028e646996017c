using Boreal.Api.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Runtime;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>From a create request to a checked spec, and to a container.</summary>
internal sealed class ContainerDrafts(
    ContainerRegistry containers, ContainerCreator creator, ImageStore images, OciRuntimes runtimes, ResourceValidator resources,
    SecurityValidator security, CreateSettings settings)
{
    /// <summary>What the mapping needs beside the request; an id and, where none is given, a name are chosen.</summary>
    /// <exception cref="EngineException">What is wrong with the request whatever its image is; NotFound: the image.</exception>
    public CreateContext Prepare(ContainerCreateRequest request, string givenName, ApiVersion version)
    {
        if (request.Image is "")
            throw new EngineException(ErrorKind.Invalid, request.Cmd is null or [] && request.Entrypoint is null or []
                ? "no command specified"
                : "no image specified");
        ContainerSpecMapping.Check(request, version);
        var runtime = runtimes.Find(request.HostConfig?.Runtime ?? "");
        var image = images.Find(request.Image);
        var id = ContainerId.Create();
        return new CreateContext
        {
            Id = id,
            Name = givenName is "" ? ContainerName.Choose(name => containers.TryFind(name) is not null, id.Short) : ContainerName.Parse(givenName),
            Created = settings.Time.GetUtcNow(),
            ImageId = image.Id.ToString(),
            ImageConfig = image.Config.Config ?? new Oci.Images.RunConfig(),
            Version = version,
            Defaults = settings.Defaults,
            DefaultRuntime = runtime.Name,
            UsesCgroupV1 = settings.UsesCgroupV1,
            FindContainer = containers.TryFind,
            FindNetwork = settings.Networks.TryFind,
        };
    }

    /// <summary>The spec of the container to be; nothing is made.</summary>
    public ContainerSpec Map(ContainerCreateRequest request, CreateContext context)
    {
        var spec = ContainerSpecMapping.ToSpec(request, context);
        spec = resources.Validate(spec, context.Warnings);
        spec = security.Validate(spec, context.Warnings);
        LogRules.CheckValues(spec);
        return spec;
    }

    /// <summary>Not cancelled by a client that hangs up: half a container is nobody's.</summary>
    public Task<Container> CreateAsync(ContainerCreateRequest request, CreateContext context) => creator.CreateAsync(Map(request, context), CancellationToken.None);
}
