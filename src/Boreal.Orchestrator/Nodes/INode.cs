using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Errors;

namespace Boreal.Orchestrator.Nodes;

/// <summary>
/// What the orchestrator needs of the engine of one machine. Every verb can be repeated: it is asked again after a crash in the
/// middle. Failures are <see cref="AppException"/>.
/// </summary>
public interface INode
{
    /// <summary>Its name, as tasks show it.</summary>
    string Name { get; }

    /// <summary>Every container with the label <c>com.docker.compose.project</c>, running or not; a snapshot, without waiting.</summary>
    IReadOnlyList<ObservedContainer> List();

    /// <summary>By id or exact name; null when there is none. A snapshot, without waiting.</summary>
    ObservedContainer? Find(string reference);

    /// <summary>What the engine tells of a container; null when there is none.</summary>
    ValueTask<ContainerInspect?> InspectAsync(string reference, CancellationToken cancellationToken);

    /// <summary>What <see cref="InspectAsync"/> would tell of a container made from this request, without making it.</summary>
    ValueTask<ContainerInspect> PreviewAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a container.</summary>
    /// <returns>Its id.</returns>
    Task<string> CreateAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken);

    /// <summary>No error when it runs already.</summary>
    Task StartAsync(string id, CancellationToken cancellationToken);

    /// <summary>Stop signal, then after <paramref name="grace"/> (null: the container's own) SIGKILL. No error when it does not run or does not exist.</summary>
    /// <returns>Whether it ran: then an event <c>stop</c> tells of it.</returns>
    Task<bool> StopAsync(string id, TimeSpan? grace, CancellationToken cancellationToken);

    /// <summary>Kills it if it runs. No error when it does not exist.</summary>
    /// <param name="id">The container.</param>
    /// <param name="withVolumes">Its anonymous volumes go too.</param>
    /// <param name="cancellationToken">Ends the wait; the removal itself is carried through.</param>
    Task RemoveAsync(string id, bool withVolumes, CancellationToken cancellationToken);

    /// <exception cref="AppException">Conflict: the name is taken.</exception>
    Task RenameAsync(string id, string name, CancellationToken cancellationToken);

    /// <summary>Takes the engine's own restart policy away from a container that is adopted.</summary>
    Task DisableRestartAsync(string id, CancellationToken cancellationToken);

    /// <summary>Runs a command in a running container until it ends.</summary>
    Task<HookOutcome> ExecAsync(string id, ServiceHook hook, CancellationToken cancellationToken);

    /// <summary>Whether something accepts TCP connections at a port of a running container.</summary>
    Task<bool> AnswersAsync(string id, ushort port, CancellationToken cancellationToken);

    /// <summary>Who has a port of the machine, as a person would name it; null when nobody does, or nobody can tell.</summary>
    string? HolderOf(string protocol, ushort port);

    /// <summary>What a running container uses; null when it does not run.</summary>
    ContainerUsage? Measure(string id);

    /// <summary>What happens to containers from the call on. Ends, and has to be asked for again, when the reader falls behind.</summary>
    IAsyncEnumerable<NodeEvent> WatchAsync(CancellationToken cancellationToken);
}
