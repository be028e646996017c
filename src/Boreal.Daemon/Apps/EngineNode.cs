using System.Runtime.CompilerServices;
using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Endpoints.Containers.Inspecting;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Events;
using Boreal.Engine.Runtime;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Daemon.Apps;

/// <summary>This machine's engine as the orchestrator's node: its verbs, called as endpoints call them.</summary>
internal sealed class EngineNode(ContainerRegistry containers, ContainerDrafts drafts, ContainerView view, ContainerVerbs verbs, ContainerMeter meter, EventLog events, PortKnock knock) : INode
{
    private readonly PortHolder _holder = new(containers);

    public string Name { get; } = Environment.MachineName;

    public IReadOnlyList<ObservedContainer> List() =>
        [.. containers.List().Where(container => container.Spec.Labels.ContainsKey(TaskLabels.Project)).Select(ContainerSight.Of)];

    public ObservedContainer? Find(string reference) => containers.TryFind(reference) is { } container ? ContainerSight.Of(container) : null;

    public ValueTask<ContainerInspect?> InspectAsync(string reference, CancellationToken cancellationToken) =>
        new(containers.TryFind(reference) is { } container ? view.Describe(container, ApiVersion.Maximum) : null);

    public async ValueTask<ContainerInspect> PreviewAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken) =>
        await EngineFailures.TellAsync(() =>
        {
            var spec = drafts.Map(request, drafts.Prepare(request, name, ApiVersion.Maximum));
            return Task.FromResult(new ContainerInspect
            {
                Name = "/" + spec.Name,
                Image = spec.ImageId,
                Config = ConfigView.Describe(spec),
                HostConfig = HostConfigView.Describe(spec),
                Mounts = MountView.Describe(spec.Storage),
                NetworkSettings = new NetworkSettings { Networks = spec.Network.Networks.ToDictionary(endpoint => endpoint.Network, _ => new EndpointSettings()) },
            });
        });

    public Task<string> CreateAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken) =>
        EngineFailures.TellAsync(async () => (await drafts.CreateAsync(request, drafts.Prepare(request, name, ApiVersion.Maximum))).Id.Value);

    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        EngineFailures.TellAsync(() => verbs.Starter.StartAsync(containers.Find(id), CancellationToken.None));

    public async Task<bool> StopAsync(string id, TimeSpan? grace, CancellationToken cancellationToken)
    {
        if (containers.TryFind(id) is not { } container)
            return false;
        var seconds = grace is { } given ? (int)Math.Ceiling(given.TotalSeconds) : (int?)null;
        return await EngineFailures.TellAsync(() => verbs.Stopper.StopAsync(container, null, seconds, CancellationToken.None)) is StopOutcome.Stopped;
    }

    public async Task RemoveAsync(string id, bool withVolumes, CancellationToken cancellationToken)
    {
        if (containers.TryFind(id) is not { } container)
            return;
        try
        {
            await verbs.Remover.RemoveAsync(container, force: true, withVolumes, CancellationToken.None);
        }
        catch (EngineException exception)
        {
            // Somebody else removes it at this moment, or just has.
            if (containers.TryFind(id) is not null)
                await EngineFailures.TellAsync(() => Task.FromException(exception));
        }
    }

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        EngineFailures.TellAsync(() => verbs.Renamer.RenameAsync(containers.Find(id), ContainerName.Parse(name), CancellationToken.None));

    public Task DisableRestartAsync(string id, CancellationToken cancellationToken) =>
        EngineFailures.TellAsync(async () =>
        {
            var container = containers.Find(id);
            if (container.Spec.Restart.Policy is not ("" or "no"))
                await verbs.Updater.UpdateAsync(container, limits => limits, new RestartSpec("no", 0), CancellationToken.None);
        });

    public Task<HookOutcome> ExecAsync(string id, ServiceHook hook, CancellationToken cancellationToken) =>
        EngineFailures.TellAsync(async () =>
        {
            var process = new ExecProcess { Command = hook.Command, User = hook.User, Privileged = hook.Privileged, WorkingDirectory = hook.WorkingDir, Environment = hook.Env };
            var timeout = TimeSpan.FromTicks(hook.Timeout / TimeSpan.NanosecondsPerTick);
            var result = await verbs.Execs.RunAsync(containers.Find(id), process, timeout, cancellationToken);
            return new HookOutcome(result.ExitCode, result.Output);
        });

    public Task<bool> AnswersAsync(string id, ushort port, CancellationToken cancellationToken) =>
        containers.TryFind(id) is { } container ? knock.AnswersAsync(container, port, cancellationToken) : Task.FromResult(false);

    public string? HolderOf(string protocol, ushort port) => _holder.Find(protocol, port);

    public ContainerUsage? Measure(string id) => containers.TryFind(id) is { } container ? meter.Measure(container) : null;

    public async IAsyncEnumerable<NodeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = events.Subscribe();
        await foreach (var happened in subscription.Live.ReadAllAsync(cancellationToken))
        {
            if (happened.Type is "container" && happened.Attributes.ContainsKey(TaskLabels.Project))
                yield return new NodeEvent(happened.Action, happened.ActorId, happened.Attributes);
        }
    }
}
