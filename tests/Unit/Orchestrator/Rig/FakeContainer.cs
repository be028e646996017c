using Boreal.Api.Containers;
using Boreal.Orchestrator.Nodes;

namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>A container of the <see cref="FakeNode"/>, changed under its lock.</summary>
internal sealed class FakeContainer(string id, string name, ContainerCreateRequest request, DateTimeOffset createdAt)
{
    public string Id => id;

    public string Name { get; set; } = name;

    public ContainerCreateRequest Request => request;

    public ContainerPhase Phase { get; set; } = ContainerPhase.Created;

    public ContainerHealth Health { get; set; } = request.Healthcheck is null ? ContainerHealth.None : ContainerHealth.Starting;

    public int ExitCode { get; set; }

    public int Starts { get; set; }

    public bool HasEngineRestart { get; set; } = request.HostConfig?.RestartPolicy is { Name: not ("" or "no") };

    public ObservedContainer Observe() => new()
    {
        Id = id,
        Name = Name,
        Phase = Phase,
        Labels = request.Labels ?? new Dictionary<string, string>(),
        Image = request.Image,
        ExitCode = ExitCode,
        Health = Phase is ContainerPhase.Running ? Health : request.Healthcheck is null ? ContainerHealth.None : ContainerHealth.Starting,
        CreatedAt = createdAt,
        Address = Phase is ContainerPhase.Running ? $"10.0.0.{id[^2..]}" : "",
    };

    public ContainerInspect Inspect() => new()
    {
        Id = id,
        Name = "/" + Name,
        Image = request.Image,
        Config = request,
        HostConfig = request.HostConfig ?? new HostConfig(),
    };
}
