using System.Collections.Concurrent;
using System.Security.Cryptography;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Linux.Cgroups;

namespace Boreal.Engine.Execs;

/// <summary>All execs, and the ended ones for a while: clients read the exit code after the stream has closed.</summary>
public sealed class ExecRegistry(ContainerEvents events, CgroupMoves moves, TimeProvider time)
{
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, ExecInstance> _execs = new(StringComparer.Ordinal);

    /// <exception cref="EngineException">Conflict: the container is not running or is paused. Invalid: no command.</exception>
    public ExecInstance Create(Container container, ExecSpec spec)
    {
        moves.Expect();
        RequireRunning(container);
        if (spec.Process.Command.Count == 0)
            throw new EngineException(ErrorKind.Invalid, "No exec command specified");
        Forget();
        var exec = new ExecInstance(RandomNumberGenerator.GetHexString(64, lowercase: true), container, spec);
        _execs[exec.Id] = exec;
        events.Publish(container, $"exec_create: {CommandLine(spec)}", ("execID", exec.Id));
        return exec;
    }

    /// <exception cref="EngineException">NotFound.</exception>
    public ExecInstance Find(string id) =>
        _execs.TryGetValue(id, out var exec) ? exec : throw new EngineException(ErrorKind.NotFound, $"No such exec instance: {id}");

    /// <summary>Ids of a container's execs that have not ended.</summary>
    public IReadOnlyList<string> Running(ContainerId container) =>
        [.. _execs.Values.Where(exec => exec.Container.Id == container && exec.EndedAt is null).Select(exec => exec.Id)];

    internal static string CommandLine(ExecSpec spec) => string.Join(' ', spec.Process.Command);

    internal static void RequireRunning(Container container)
    {
        var id = container.Id;
        switch (container.Status.State)
        {
            case ContainerState.Paused:
                throw new EngineException(ErrorKind.Conflict, $"container {id} is paused, unpause the container before exec");
            case ContainerState.Restarting:
                throw new EngineException(ErrorKind.Conflict, $"container {id} is restarting, wait until the container is running");
            case not ContainerState.Running:
                throw new EngineException(ErrorKind.Conflict, $"container {id} is not running");
        }
    }

    internal void End(ExecInstance exec, int exitCode)
    {
        exec.Status = exec.Status with { Running = false, ExitCode = exitCode };
        exec.EndedAt = time.GetUtcNow();
    }

    /// <summary>The container's end was the end of its execs: the kernel killed them with their pid namespace.</summary>
    internal void EndAll(ContainerId container)
    {
        foreach (var exec in _execs.Values)
        {
            if (exec.Container.Id == container && exec.EndedAt is null)
                End(exec, 137);
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (id, exec) in _execs)
        {
            if (now - exec.EndedAt > KeptAfterEnd)
                _execs.TryRemove(id, out _);
        }
    }
}
