using Boreal.Api.Execs;
using Boreal.Daemon.Endpoints.Containers;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Endpoints.Containers.Streams;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Execs;
using Boreal.Engine.Runtime;

namespace Boreal.Daemon.Endpoints.Execs;

/// <summary>Further processes in running containers: made, inspected, resized.</summary>
internal sealed class ExecEndpoints(ContainerRegistry containers, ExecRegistry execs) : IEndpoints
{
    public void Map(RouteTable routes)
    {
        routes.Post("/containers/{id}/exec", CreateAsync);
        routes.Get("/exec/{id}/json", InspectAsync);
        routes.Post("/exec/{id}/resize", ResizeAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await context.ReadOptionalJsonAsync(ExecsJsonContext.Default.ExecCreateRequest) ?? new ExecCreateRequest();
        if (request.Cmd is null or [])
            throw new EngineException(ErrorKind.Invalid, "No exec command specified");
        var reference = context.RouteValue("id");
        var container = containers.Find(reference);
        if (container.Status.State is ContainerState.Paused)
            throw new EngineException(ErrorKind.Conflict, $"Container {reference} is paused, unpause the container before exec");
        DetachKeys.Parse(request.DetachKeys ?? "", "escape");
        var exec = execs.Create(container, ToSpec(request));
        await context.AnswerJsonAsync(new ExecCreateResponse { Id = exec.Id }, ExecsJsonContext.Default.ExecCreateResponse, StatusCodes.Status201Created);
    }

    private Task InspectAsync(HttpContext context) =>
        context.AnswerJsonAsync(Describe(execs.Find(context.RouteValue("id"))), ExecsJsonContext.Default.ExecInspect);

    private async Task ResizeAsync(HttpContext context)
    {
        var size = TerminalSize.Read(context);
        var exec = execs.Find(context.RouteValue("id"));
        if (exec.Status is { Started: true, Running: false })
            throw new EngineException(ErrorKind.NotFound, $"process does not exist {exec.Id}: not found");
        await ExecStarter.ResizeAsync(exec, size, context.Gone());
        context.Response.ContentLength = 0;
    }

    private static ExecSpec ToSpec(ExecCreateRequest request) => new()
    {
        Process = new ExecProcess
        {
            Command = request.Cmd ?? [],
            Environment = request.Env,
            User = request.User,
            WorkingDirectory = request.WorkingDir,
            Tty = request.Tty,
            Privileged = request.Privileged,
            ConsoleSize = ProcessMapping.ToConsoleSize(request.ConsoleSize),
        },
        AttachStdin = request.AttachStdin,
        AttachStdout = request.AttachStdout,
        AttachStderr = request.AttachStderr,
        DetachKeys = string.IsNullOrEmpty(request.DetachKeys) ? null : request.DetachKeys,
    };

    private static ExecInspect Describe(ExecInstance exec)
    {
        var process = exec.Spec.Process;
        var status = exec.Status;
        return new ExecInspect
        {
            ID = exec.Id,
            Running = status.Running,
            ExitCode = status.ExitCode,
            ProcessConfig = new ExecProcessConfig
            {
                Tty = process.Tty,
                Entrypoint = process.Command[0],
                Arguments = [.. process.Command.Skip(1)],
                Privileged = process.Privileged,
                User = process.User is "" ? null : process.User,
            },
            OpenStdin = exec.Spec.AttachStdin,
            OpenStderr = exec.Spec.AttachStderr,
            OpenStdout = exec.Spec.AttachStdout,
            ContainerID = exec.Container.Id.Value,
            DetachKeys = exec.Spec.DetachKeys is { } keys ? Convert.ToBase64String(DetachKeys.Parse(keys, "escape").Span) : "",
            Pid = status.Pid,
        };
    }
}
