using Boreal.Engine.Containers;
using Boreal.Engine.Runtime;
using Boreal.Orchestrator.Nodes;

namespace Boreal.Daemon.Apps;

/// <summary>What containers use, for the autoscaler.</summary>
internal sealed class ContainerMeter(Cgroups cgroups)
{
    /// <summary>Null when there is no process to measure, also when it ends right now.</summary>
    public ContainerUsage? Measure(Container container)
    {
        var status = container.Status;
        if (!status.HasProcess)
            return null;
        try
        {
            var group = cgroups.Of(container.Id, container.Spec.Resources).ReadGroup();
            var memory = group.Memory;
            // Version 1 counts what lies below in names of their own.
            var droppable = memory.Details.TryGetValue("total_inactive_file", out var v1) ? v1 : memory.Details.GetValueOrDefault("inactive_file");
            return new ContainerUsage(group.Cpu.Total, memory.Usage > droppable ? memory.Usage - droppable : 0);
        }
        catch (IOException) when (!container.Status.HasProcess || container.Status.Pid != status.Pid)
        {
            return null;
        }
    }
}
