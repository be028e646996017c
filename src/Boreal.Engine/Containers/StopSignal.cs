using Boreal.Engine.Containers.Spec;
using Boreal.Linux.Processes;

namespace Boreal.Engine.Containers;

/// <summary>The signal that asks a container to end.</summary>
internal static class StopSignal
{
    public static int Of(ContainerSpec spec) =>
        (spec.Process.StopSignal is { } name ? Signals.Parse(name) : null) ?? Signals.Terminate;
}
