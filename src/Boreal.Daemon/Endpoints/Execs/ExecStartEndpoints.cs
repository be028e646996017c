using System.Buffers;
using System.Text;
using Boreal.Api.Execs;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Endpoints.Containers.Streams;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Execs;
using Boreal.Engine.Shims;

namespace Boreal.Daemon.Endpoints.Execs;

/// <summary>Running an exec, with its client at its streams or without.</summary>
internal sealed class ExecStartEndpoints(ExecRegistry execs, ExecStarter starter, ContainerEvents events) : IEndpoints
{
    public void Map(RouteTable routes) => routes.Post("/exec/{id}/start", StartAsync);

    private async Task StartAsync(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(ExecsJsonContext.Default.ExecStartRequest) ?? new ExecStartRequest();
        var exec = execs.Find(context.RouteValue("id"));
        var size = ProcessMapping.ToConsoleSize(request.ConsoleSize);
        if (request.Detach)
        {
            await starter.StartAsync(exec, detach: true, size, CancellationToken.None);
            context.Response.ContentLength = 0;
            return;
        }
        RequireStartable(exec);
        var tty = exec.Spec.Process.Tty;
        var client = await Hijack.AcceptAsync(context, multiplexed: !tty);
        try
        {
            await using var stream = await starter.StartAsync(exec, detach: false, size, CancellationToken.None);
            if (stream is not null)
                await ExchangeAsync(client, exec, stream);
        }
        catch (EngineException e)
        {
            // HTTP is over: the reason can only be text, as Docker has it.
            var text = new ArrayBufferWriter<byte>();
            LogLine.Write(text, tty ? null : StdioFrame.Stdout, "", null, Encoding.UTF8.GetBytes(e.Message + "\r\n"));
            await client.Stream.WriteAsync(text.WrittenMemory, client.Gone);
        }
    }

    /// <summary>Refusals that still are HTTP; what changes from here on is told in the stream.</summary>
    private static void RequireStartable(ExecInstance exec)
    {
        var id = exec.Container.Id;
        if (exec.Status != ExecStatus.Created)
            throw new EngineException(ErrorKind.Conflict, $"Error: Exec command {exec.Id} has already run");
        if (exec.Container.Status.State is ContainerState.Paused)
            throw new EngineException(ErrorKind.Conflict, $"Container {id} is paused, unpause the container before exec");
        if (!exec.Container.Status.HasProcess)
            throw new EngineException(ErrorKind.Conflict, $"container {id} is not running");
    }

    private async Task ExchangeAsync(HijackedConnection client, ExecInstance exec, ShimStream stream)
    {
        if (!exec.Spec.Process.Tty || !exec.Spec.AttachStdin)
        {
            await client.ExchangeAsync(stream, exec.Spec.AttachStdin ? () => EndInput(stream) : null, () => EndedAsync(client, exec));
            return;
        }
        await using var terminal = new DetachableStream(stream, DetachKeys.Parse(exec.Spec.DetachKeys ?? "", "escape"));
        await client.ExchangeAsync(terminal, () => Task.CompletedTask, () => terminal.IsDetached ? Task.CompletedTask : EndedAsync(client, exec));
        if (terminal.IsDetached)
            events.Publish(exec.Container, "exec_detach", ("execID", exec.Id));
    }

    // A client asks for the exit code as soon as it sees the end of the output.
    private static Task EndedAsync(HijackedConnection client, ExecInstance exec) => exec.Ended.WaitAsync(client.Gone);

    private static Task EndInput(ShimStream stream)
    {
        stream.CloseWrite();
        return Task.CompletedTask;
    }
}
