using Boreal.Tests.Unit.Orchestrator.Rig;

namespace Boreal.Tests.Unit.Orchestrator.Deaths;

/// <summary>Something that is asked while the process may die, and what is there in the end all the same.</summary>
/// <param name="Name">In test names.</param>
/// <param name="Ask">Asked again of the next process when it did not return.</param>
/// <param name="End">The containers, as <c>name image phase</c>.</param>
internal sealed record DeathScenario(string Name, Func<OrchestratorRig, Task> Ask, params string[] End)
{
    /// <summary>What is there before.</summary>
    public Func<OrchestratorRig, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    /// <summary>Asked of the next process as soon as it is there.</summary>
    public Func<OrchestratorRig, Task>? Then { get; init; }

    /// <summary>Containers, by name, that are not made anew or started again.</summary>
    public IReadOnlyList<string> Untouched { get; init; } = [];

    /// <summary>Containers that may run at the same time.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Containers that run at any time.</summary>
    public int Least { get; init; }

    public override string ToString() => Name;
}
