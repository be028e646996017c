using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Logs;
using Boreal.Engine.Shims;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>A client at a container's standard streams.</summary>
internal sealed class AttachEndpoints(ContainerRegistry containers, ContainerAttacher attacher, ContainerEvents events, ContainerLogs logs) : IEndpoints
{
    private static readonly ApiVersion WebSocketSelectsStreams = new(1, 42);

    public void Map(RouteTable routes)
    {
        routes.Post("/containers/{id}/attach", AttachAsync);
        routes.Get("/containers/{id}/attach/ws", AttachWebSocketAsync);
    }

    private async Task AttachAsync(HttpContext context)
    {
        var keys = DetachKeys.Parse(context.QueryText("detachKeys"), "detach");
        var container = containers.Find(context.RouteValue("id"));
        var process = container.Spec.Process;
        var streams = new ShimAttach(context.QueryBool("stdin") && process.OpenStdin, context.QueryBool("stdout"), context.QueryBool("stderr"));
        await using var stream = context.QueryBool("stream") ? await attacher.AttachAsync(container, streams, CancellationToken.None) : null;
        events.Publish(container, "attach");
        var client = await Hijack.AcceptAsync(context, multiplexed: !process.Tty);
        if (context.QueryBool("logs"))
            await logs.CopyAsync(container, new LogQuery { Stdout = streams.Stdout, Stderr = streams.Stderr }, default, client.Stream, client.Gone);
        if (stream is null)
            return;
        if (!process.Tty || !streams.Stdin)
        {
            await client.ExchangeAsync(stream, streams.Stdin ? () => EndInput(stream) : null);
            return;
        }
        await using var terminal = new DetachableStream(stream, keys);
        // A terminal's input has no end but the detach: its process may be attached to again.
        await client.ExchangeAsync(terminal, () => Task.CompletedTask);
        if (terminal.IsDetached)
            events.Publish(container, "detach");
    }

    private async Task AttachWebSocketAsync(HttpContext context)
    {
        var keys = DetachKeys.Parse(context.QueryText("detachKeys"), "detach");
        var container = containers.Find(context.RouteValue("id"));
        var answer = WebSocketBridge.Answer(context.Request);
        var process = container.Spec.Process;
        var selects = context.ApiVersion() >= WebSocketSelectsStreams;
        var streams = new ShimAttach((!selects || context.QueryBool("stdin")) && process.OpenStdin, !selects || context.QueryBool("stdout"), !selects || context.QueryBool("stderr"));
        await using var stream = await attacher.AttachAsync(container, streams, CancellationToken.None);
        events.Publish(container, "attach");
        var client = await Hijack.TakeOverAsync(context, answer);
        if (!process.Tty)
        {
            await WebSocketBridge.ExchangeAsync(client, stream, framed: true, () => stream.CloseWrite());
            return;
        }
        await using var terminal = new DetachableStream(stream, keys);
        await WebSocketBridge.ExchangeAsync(client, terminal, framed: false, () => { });
        if (terminal.IsDetached)
            events.Publish(container, "detach");
    }

    private static Task EndInput(ShimStream stream)
    {
        stream.CloseWrite();
        return Task.CompletedTask;
    }
}
