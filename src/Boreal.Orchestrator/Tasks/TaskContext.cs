using Boreal.Api.Apps;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Tasks;

/// <summary>A task at the moment of a step, with its service and what is seen of its container.</summary>
internal sealed record TaskContext(ServiceView Service, TaskView View, ObservedContainer? Container, DateTimeOffset Now)
{
    public ServiceTask Task => View.Task;

    public ServiceTaskStatus Status => View.Status;

    public ServiceSpec Spec => Service.SpecOf(View);

    /// <summary>What its container is called in the end.</summary>
    public string Name => TaskTemplate.NameOf(Service, Spec, Task.Slot);

    public TaskStep Move(TaskState state, string why = "") => TaskStep.Write(Status with { State = state, Since = Now, Why = why });
}
