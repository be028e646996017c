using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Runtime;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>Limits and restart policy changed after the fact.</summary>
internal sealed class ContainerUpdateEndpoints(ContainerRegistry containers, ContainerUpdater updater, ResourceValidator resources) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/containers/{id}/update", UpdateAsync);

    private async Task UpdateAsync(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(ContainersJsonContext.Default.ContainerUpdateRequest) ?? new ContainerUpdateRequest();
        var container = containers.Find(context.RouteValue("id"));
        RestartRules.Check(request.RestartPolicy, autoRemove: false);
        var restart = string.IsNullOrEmpty(request.RestartPolicy?.Name) ? null : RestartRules.ToSpec(request.RestartPolicy);
        var warnings = new List<string>();
        await updater.UpdateAsync(
            container, current => resources.Validate(ResourceChange.Apply(current, request), isUpdate: true, warnings), restart, CancellationToken.None);
        var answer = new ContainerUpdateResponse { Warnings = warnings.Count == 0 ? null : warnings };
        await context.AnswerJsonAsync(answer, ContainersJsonContext.Default.ContainerUpdateResponse);
    }
}
