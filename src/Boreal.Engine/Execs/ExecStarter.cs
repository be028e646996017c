using System.Globalization;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Engine.Runtime;
using Boreal.Engine.Shims;
using Boreal.Engine.State;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Execs;

/// <summary>Starts execs in the shim of their container and records how they end.</summary>
public sealed partial class ExecStarter(
    ExecRegistry execs, ExecProcessWriter processes, Snapshots snapshots, NodePaths paths, ContainerEvents events, ILogger<ExecStarter> logger)
{
    /// <summary>Runs the process; its streams as <see cref="ContainerAttacher"/> gives them, null when <paramref name="detach"/>.</summary>
    /// <exception cref="EngineException">Conflict: started before, or the container does not run. Invalid: the command can't be executed (exit code 126 is recorded).</exception>
    public async Task<ShimStream?> StartAsync(ExecInstance exec, bool detach, ConsoleSize? consoleSize, CancellationToken cancellationToken)
    {
        if (!exec.TryClaimStart())
            throw new EngineException(ErrorKind.Conflict, $"Error: Exec command {exec.Id} has already run");
        var container = exec.Container;
        ExecRegistry.RequireRunning(container);
        var shim = container.Life.Shim ?? throw new EngineException(ErrorKind.Conflict, $"container {container.Id} is not running");
        var process = exec.Spec.Process with { ConsoleSize = consoleSize ?? exec.Spec.Process.ConsoleSize };
        var file = Path.Combine(paths.Run(container.Id), $"exec-{exec.Id[..16]}.json");
        try
        {
            processes.Write(container.Spec, process, snapshots.Mount(container.Id), file);
            var started = await shim.ExecAsync(Describe(exec, process, file, detach), cancellationToken);
            exec.Status = new ExecStatus(Started: true, Running: true, started.Pid, ExitCode: null);
            exec.AnnounceStarted(started);
            events.Publish(container, $"exec_start: {ExecRegistry.CommandLine(exec.Spec)}", ("execID", exec.Id));
            exec.Watch = WatchAsync(exec, started, file);
            return detach ? null : started.Stdio;
        }
        catch (RuntimeStartException exception)
        {
            Fail(exec, file, exception);
            throw new EngineException(ErrorKind.Invalid, exception.Message, exception);
        }
        catch (Exception exception)
        {
            Fail(exec, file, exception);
            throw;
        }
    }

    /// <summary>A resize may overtake the start: it waits for it.</summary>
    public static async Task ResizeAsync(ExecInstance exec, ConsoleSize size, CancellationToken cancellationToken)
    {
        var started = await exec.Started.WaitAsync(cancellationToken);
        await started.ResizeAsync(size, cancellationToken);
    }

    private static ShimExecLaunch Describe(ExecInstance exec, ExecProcess process, string file, bool detach) => new()
    {
        ExecId = exec.Id,
        ProcessSpecPath = file,
        Tty = process.Tty,
        AttachStdin = exec.Spec.AttachStdin && !detach,
        AttachStdout = exec.Spec.AttachStdout && !detach,
        AttachStderr = exec.Spec.AttachStderr && !detach,
        ConsoleSize = process.ConsoleSize,
    };

    private async Task WatchAsync(ExecInstance exec, ShimExec started, string file)
    {
        try
        {
            var code = await started.Exited;
            execs.End(exec, code);
            File.Delete(file);
            events.Publish(exec.Container, "exec_die", ("execID", exec.Id), ("exitCode", code.ToString(CultureInfo.InvariantCulture)));
        }
        catch (Exception exception)
        {
            Log.WatchFailed(logger, exec.Id[..12], exception);
        }
    }

    // Docker's code for an exec that did not start, whatever the reason.
    private void Fail(ExecInstance exec, string file, Exception exception)
    {
        File.Delete(file);
        execs.End(exec, 126);
        exec.AnnounceFailed(exception);
    }

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Error, "lost watch over exec {Exec}")]
        public static partial void WatchFailed(ILogger logger, string exec, Exception exception);
    }
}
