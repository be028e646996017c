using Boreal.Api.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Runtime;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Making containers.</summary>
internal sealed class ContainerCreateEndpoints(
    ContainerRegistry containers, ContainerCreator creator, ImageStore images, OciRuntimes runtimes, ResourceValidator resources,
    SecurityValidator security, CreateSettings settings) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/containers/create", CreateAsync);

    private async Task CreateAsync(HttpContext context)
    {
        // Who creates starts: docker run does it within milliseconds.
        settings.Moves.Expect();
        var givenName = context.QueryText("name");
        var request = await context.ReadJsonAsync(ContainersJsonContext.Default.ContainerCreateRequest);
        if (request.Image is "")
            throw new EngineException(ErrorKind.Invalid, request.Cmd is null or [] && request.Entrypoint is null or []
                ? "no command specified"
                : "no image specified");
        ContainerSpecMapping.Check(request, context.ApiVersion());
        var runtime = runtimes.Find(request.HostConfig?.Runtime ?? "");
        var image = images.Find(request.Image);
        var id = ContainerId.Create();
        var setting = new CreateContext
        {
            Id = id,
            Name = givenName is "" ? ContainerName.Choose(name => containers.TryFind(name) is not null, id.Short) : ContainerName.Parse(givenName),
            Created = settings.Time.GetUtcNow(),
            ImageId = image.Id.ToString(),
            ImageConfig = image.Config.Config ?? new Oci.Images.RunConfig(),
            Version = context.ApiVersion(),
            Defaults = settings.Defaults,
            DefaultRuntime = runtime.Name,
            UsesCgroupV1 = settings.UsesCgroupV1,
            FindContainer = containers.TryFind,
            FindNetwork = settings.Networks.TryFind,
        };
        try
        {
            await CreateAsync(request, setting);
        }
        catch (EngineException exception) when (givenName is "" && exception.Kind is ErrorKind.Conflict)
        {
            // Two chose the same name at the same moment. The id is nobody else's.
            setting.Warnings.Clear();
            await CreateAsync(request, setting with { Name = id.Short });
        }

        var answer = new ContainerCreateResponse { Id = id.Value, Warnings = setting.Warnings };
        await context.AnswerJsonAsync(answer, ContainersJsonContext.Default.ContainerCreateResponse, StatusCodes.Status201Created);
    }

    private async Task CreateAsync(ContainerCreateRequest request, CreateContext setting)
    {
        var spec = ContainerSpecMapping.ToSpec(request, setting);
        spec = resources.Validate(spec, setting.Warnings);
        spec = security.Validate(spec, setting.Warnings);
        LogRules.CheckValues(spec);
        // Not cancelled by a client that hangs up: half a container is nobody's.
        await creator.CreateAsync(spec, CancellationToken.None);
    }
}
