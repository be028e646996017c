using Boreal.Api.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>Waiting for a container's end.</summary>
internal sealed class WaitEndpoints(ContainerRegistry containers) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/containers/{id}/wait", WaitAsync);

    private async Task WaitAsync(HttpContext context)
    {
        var condition = ParseCondition(context.QueryText("condition"));
        var container = containers.Find(context.RouteValue("id"));
        var ended = ContainerWaiter.WaitAsync(container, condition, context.Gone());
        // The head goes out only once we listen: clients start the container when they see it.
        await context.StartStreamAsync("application/json", context.Gone());
        var exit = await ended;
        var answer = new ContainerWaitResponse
        {
            StatusCode = exit.Code,
            Error = string.IsNullOrEmpty(exit.Error) ? null : new ContainerWaitError { Message = exit.Error },
        };
        await context.SendJsonLineAsync(answer, ContainersJsonContext.Default.ContainerWaitResponse, context.Gone());
    }

    private static WaitCondition ParseCondition(string text) => text switch
    {
        "" or "not-running" => WaitCondition.NotRunning,
        "next-exit" => WaitCondition.NextExit,
        "removed" => WaitCondition.Removed,
        _ => throw new EngineException(ErrorKind.Invalid, $"invalid condition: \"{text}\""),
    };
}
