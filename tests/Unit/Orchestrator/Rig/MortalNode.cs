using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Nodes;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>A machine as a process sees it: what it does there is an act of its life.</summary>
internal sealed class MortalNode(INode node, Lifetime life) : INode
{
    public string Name => node.Name;

    public IReadOnlyList<ObservedContainer> List() => node.List();

    public ObservedContainer? Find(string reference) => node.Find(reference);

    public ValueTask<ContainerInspect?> InspectAsync(string reference, CancellationToken cancellationToken) => node.InspectAsync(reference, cancellationToken);

    public ValueTask<ContainerInspect> PreviewAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken) =>
        node.PreviewAsync(name, request, cancellationToken);

    public Task<string> CreateAsync(string name, ContainerCreateRequest request, CancellationToken cancellationToken) =>
        life.ActAsync(() => node.CreateAsync(name, request, cancellationToken));

    public Task StartAsync(string id, CancellationToken cancellationToken) => life.ActAsync(() => node.StartAsync(id, cancellationToken));

    public Task<bool> StopAsync(string id, TimeSpan? grace, CancellationToken cancellationToken) => life.ActAsync(() => node.StopAsync(id, grace, cancellationToken));

    public Task RemoveAsync(string id, bool withVolumes, CancellationToken cancellationToken) => life.ActAsync(() => node.RemoveAsync(id, withVolumes, cancellationToken));

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken) => life.ActAsync(() => node.RenameAsync(id, name, cancellationToken));

    public Task DisableRestartAsync(string id, CancellationToken cancellationToken) => life.ActAsync(() => node.DisableRestartAsync(id, cancellationToken));

    public Task<HookOutcome> ExecAsync(string id, ServiceHook hook, CancellationToken cancellationToken) => life.ActAsync(() => node.ExecAsync(id, hook, cancellationToken));

    public Task<bool> AnswersAsync(string id, ushort port, CancellationToken cancellationToken) => node.AnswersAsync(id, port, cancellationToken);

    public string? HolderOf(string protocol, ushort port) => node.HolderOf(protocol, port);

    public ContainerUsage? Measure(string id) => node.Measure(id);

    public IAsyncEnumerable<NodeEvent> WatchAsync(CancellationToken cancellationToken) => node.WatchAsync(cancellationToken);
}
