using Boreal.Api.Apps;
using Boreal.Orchestrator.Tasks;

namespace Boreal.Orchestrator.Adoption;

/// <summary>Containers that become tasks.</summary>
/// <param name="Tasks">One for each.</param>
/// <param name="Decisions">What is to be said about them.</param>
/// <param name="Makers">
/// The tasks that some were made for, by id. They are nobody's only if none of these is there: one that has just been made is not in
/// the view yet.
/// </param>
internal sealed record Adoptions(IReadOnlyList<ServiceTask> Tasks, IReadOnlyList<AppDecision> Decisions, IReadOnlyList<string> Makers);
