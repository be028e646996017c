using Boreal.Engine.Containers;
using Boreal.Engine.Execs;

namespace Boreal.Daemon.Apps;

/// <summary>What the engine does with containers, as one thing to hand on.</summary>
internal sealed record ContainerVerbs(
    ContainerStarter Starter, ContainerStopper Stopper, ContainerRemover Remover, ContainerRenamer Renamer, ContainerUpdater Updater, ExecRunner Execs);
