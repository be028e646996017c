using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Linux.Processes;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>Start, stop and what else moves a container from state to state. All go on when their client leaves.</summary>
internal sealed class ContainerStateEndpoints(
    ContainerRegistry containers, ContainerStarter starter, ContainerStopper stopper, ContainerKiller killer, ContainerPauser pauser) : IEndpoints
{
    private const int LargestIgnoredBody = 7;
    private static readonly ApiVersion StopTakesSignal = new(1, 42);

    public void Map(RouteTable routes)
    {
        routes.Post("/containers/{id}/start", StartAsync);
        routes.Post("/containers/{id}/stop", StopAsync);
        routes.Post("/containers/{id}/restart", RestartAsync);
        routes.Post("/containers/{id}/kill", KillAsync);
        routes.Post("/containers/{id}/pause", PauseAsync);
        routes.Post("/containers/{id}/unpause", UnpauseAsync);
    }

    private async Task StartAsync(HttpContext context)
    {
        // Before API 1.24 the host configuration came here.
        if (context.Request.ContentLength > LargestIgnoredBody)
            throw new EngineException(ErrorKind.Invalid, "starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24");
        var outcome = await starter.StartAsync(containers.Find(context.RouteValue("id")), CancellationToken.None);
        await context.AnswerAsync(outcome is StartOutcome.Started ? StatusCodes.Status204NoContent : StatusCodes.Status304NotModified);
    }

    private async Task StopAsync(HttpContext context)
    {
        var seconds = context.QueryInt("t");
        var container = containers.Find(context.RouteValue("id"));
        var signal = StopSignal(context, "cannot stop container: ");
        var outcome = await stopper.StopAsync(container, signal, seconds, CancellationToken.None);
        await context.AnswerAsync(outcome is StopOutcome.Stopped ? StatusCodes.Status204NoContent : StatusCodes.Status304NotModified);
    }

    private async Task RestartAsync(HttpContext context)
    {
        var seconds = context.QueryInt("t");
        var container = containers.Find(context.RouteValue("id"));
        var signal = StopSignal(context, "Cannot restart container ");
        await stopper.RestartAsync(container, signal, seconds, CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }

    private async Task KillAsync(HttpContext context)
    {
        var reference = context.RouteValue("id");
        var container = FindToKill(reference);
        var text = context.QueryText("signal");
        var signal = text is "" ? Signals.Kill : ParseSignal(text, $"cannot kill container: {reference}: ");
        if (!container.Status.HasProcess)
            throw new EngineException(ErrorKind.Conflict, $"cannot kill container: {reference}: container {container.Id} is not running");
        await killer.KillAsync(container, signal, CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }

    private async Task PauseAsync(HttpContext context)
    {
        await pauser.PauseAsync(containers.Find(context.RouteValue("id")), CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }

    private async Task UnpauseAsync(HttpContext context)
    {
        await pauser.UnpauseAsync(containers.Find(context.RouteValue("id")), CancellationToken.None);
        await context.AnswerAsync(StatusCodes.Status204NoContent);
    }

    /// <summary>Kill says what it was about to do, also of a container that does not exist.</summary>
    private Container FindToKill(string reference)
    {
        try
        {
            return containers.Find(reference);
        }
        catch (EngineException e)
        {
            throw new EngineException(e.Kind, $"cannot kill container: {reference}: {e.Message}", e);
        }
    }

    private static int? StopSignal(HttpContext context, string doing)
    {
        var text = context.ApiVersion() < StopTakesSignal ? "" : context.QueryText("signal");
        return text is "" ? null : ParseSignal(text, $"{doing}{context.RouteValue("id")}: ");
    }

    private static int ParseSignal(string text, string prefix) =>
        Signals.Parse(text) ?? throw new EngineException(ErrorKind.Invalid, $"{prefix}invalid signal: {text}");
}
