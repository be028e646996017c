using System.Collections.Immutable;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Rotations;

namespace Boreal.Orchestrator.Services;

/// <summary>Everything the store knows of one service, at one revision. Immutable.</summary>
public sealed record ServiceView
{
    /// <summary><c>app/name</c>.</summary>
    public required string Id { get; init; }

    public required ServiceRecord Record { get; init; }

    /// <summary>Of the store, when <see cref="Record"/> was written.</summary>
    public required long RecordRevision { get; init; }

    public required ServiceSpec Spec { get; init; }

    /// <summary>The specs that tasks are made from, by revision.</summary>
    public ImmutableDictionary<long, ServiceSpec> Revisions { get; init; } = ImmutableDictionary<long, ServiceSpec>.Empty;

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, TaskView> Tasks { get; init; } = ImmutableDictionary<string, TaskView>.Empty;

    /// <summary>What the balancer has acknowledged; null: nothing yet.</summary>
    public RotationRecord? Rotation { get; init; }

    public DecisionList Decisions { get; init; } = new();

    public string App => Record.App;

    public string Name => Record.Name;

    /// <summary>The tasks of a slot, oldest first.</summary>
    public ImmutableArray<TaskView> Slot(int slot) => [.. Tasks.Values.Where(task => task.Task.Slot == slot).OrderBy(task => task.Made)];

    /// <summary>The spec a task is made from.</summary>
    public ServiceSpec SpecOf(TaskView task) => Revisions.GetValueOrDefault(task.Task.Revision) ?? Spec;

    /// <summary>Slots that are asked for, also while the service is stopped.</summary>
    public int DesiredSlots => Record.Removing ? 0 : Spec.Mode is "global" ? 1 : Spec.Replicas;
}
