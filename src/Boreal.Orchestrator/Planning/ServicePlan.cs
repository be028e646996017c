using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Planning;

/// <summary>What is to be written about a service, all in one transaction where it fits.</summary>
internal sealed record ServicePlan
{
    public IReadOnlyList<ServiceTask> Puts { get; init; } = [];

    /// <summary>Ids of tasks that are history nobody needs.</summary>
    public IReadOnlyList<string> Deletes { get; init; } = [];

    /// <summary>Null: as it is.</summary>
    public ServiceRecord? Record { get; init; }

    /// <summary>Null: as it is.</summary>
    public ServiceSpec? Spec { get; init; }

    /// <summary>Nothing is left: the service's keys go.</summary>
    public bool Forget { get; init; }

    public IReadOnlyList<AppDecision> Decisions { get; init; } = [];

    /// <summary>When to plan again although nothing has changed.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    public bool IsEmpty => Puts.Count == 0 && Deletes.Count == 0 && Record is null && Spec is null && !Forget;
}
