using Boreal.Api.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Making containers.</summary>
internal sealed class ContainerCreateEndpoints(ContainerDrafts drafts, CreateSettings settings) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/containers/create", CreateAsync);

    private async Task CreateAsync(HttpContext context)
    {
        // Who creates starts: docker run does it within milliseconds.
        settings.Moves.Expect();
        var givenName = context.QueryText("name");
        var request = await context.ReadJsonAsync(ContainersJsonContext.Default.ContainerCreateRequest);
        var setting = drafts.Prepare(request, givenName, context.ApiVersion());
        try
        {
            await drafts.CreateAsync(request, setting);
        }
        catch (EngineException exception) when (givenName is "" && exception.Kind is ErrorKind.Conflict)
        {
            // Two chose the same name at the same moment. The id is nobody else's.
            setting.Warnings.Clear();
            await drafts.CreateAsync(request, setting with { Name = setting.Id.Short });
        }

        var answer = new ContainerCreateResponse { Id = setting.Id.Value, Warnings = setting.Warnings };
        await context.AnswerJsonAsync(answer, ContainersJsonContext.Default.ContainerCreateResponse, StatusCodes.Status201Created);
    }
}
