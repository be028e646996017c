using Boreal.Api.Volumes;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Volumes;

namespace Boreal.Daemon.Endpoints.Volumes;

/// <summary>One volume: create, inspect, remove.</summary>
internal sealed class VolumeEndpoints(VolumeStore volumes) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/volumes/create", CreateAsync);
        routes.Get("/volumes/{name*}", InspectAsync);
        routes.Put("/volumes/{name*}", _ => throw new EngineException(ErrorKind.Unavailable, "volume update only valid for cluster volumes, but swarm is unavailable"));
        routes.Delete("/volumes/{name*}", RemoveAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(VolumesJsonContext.Default.VolumeCreateRequest) ?? new VolumeCreateRequest();
        if (request.ClusterVolumeSpec is not null)
            throw new EngineException(ErrorKind.Unavailable, "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.");
        var volume = volumes.Create(new VolumeRequest
        {
            Name = request.Name ?? "",
            Driver = request.Driver ?? "",
            Labels = request.Labels,
            Options = request.DriverOpts,
        });
        await context.AnswerJsonAsync(VolumeView.Describe(volume), VolumesJsonContext.Default.Volume, StatusCodes.Status201Created);
    }

    private Task InspectAsync(HttpContext context) =>
        context.AnswerJsonAsync(VolumeView.Describe(volumes.Find(context.RouteValue("name"))), VolumesJsonContext.Default.Volume);

    private async Task RemoveAsync(HttpContext context)
    {
        var name = context.RouteValue("name");
        // Its content may be large.
        if (!context.QueryBool("force") || volumes.TryFind(name) is not null)
            await Task.Run(() => volumes.Remove(name));
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }
}
