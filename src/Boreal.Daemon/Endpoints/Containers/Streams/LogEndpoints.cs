using System.Globalization;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Logs;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>What a container has written, and what it goes on to write.</summary>
internal sealed class LogEndpoints(ContainerRegistry containers, ContainerLogs logs) : IEndpoints
{
    private static readonly ApiVersion NamesMultiplexed = new(1, 42);

    public void Map(RouteTable routes) => routes.Get("/containers/{id}/logs", GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        var query = new LogQuery
        {
            Stdout = context.QueryBool("stdout"),
            Stderr = context.QueryBool("stderr"),
            Since = TimeReference.ParseUnix(context.QueryText("since")),
            Until = TimeReference.ParseUnix(context.QueryText("until")),
            // Anything but a number of lines means all of them.
            Tail = long.TryParse(context.QueryText("tail"), NumberStyles.None, CultureInfo.InvariantCulture, out var tail) ? tail : null,
            Follow = context.QueryBool("follow"),
        };
        if (!query.Stdout && !query.Stderr)
            throw new EngineException(ErrorKind.Invalid, "Bad parameters: you must choose at least one stream");
        var container = containers.Find(context.RouteValue("id"));
        if (container.Status.State is ContainerState.Removing or ContainerState.Dead)
            throw new EngineException(ErrorKind.Conflict, "can not get logs from container which is dead or marked for removal");
        if (container.Spec.Log.Driver is "none")
            throw new EngineException(ErrorKind.NotImplemented, "configured logging driver does not support reading");
        var multiplexed = !container.Spec.Process.Tty && context.ApiVersion() >= NamesMultiplexed;
        await context.StartStreamAsync(multiplexed ? "application/vnd.docker.multiplexed-stream" : "application/vnd.docker.raw-stream", context.Gone());
        var style = new LogStyle(context.QueryBool("timestamps"), context.QueryBool("details"));
        await logs.CopyAsync(container, query, style, context.Response.Body, context.Gone());
    }
}
