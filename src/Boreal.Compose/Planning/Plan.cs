namespace Boreal.Compose.Planning;

/// <summary>Steps in an order in which they can be done; those that don't wait for each other may be done at once.</summary>
internal sealed record Plan(IReadOnlyList<PlanStep> Steps)
{
    /// <summary>Whether anything would change.</summary>
    public bool HasChanges => Steps.Any(step => step.Action is not PlanAction.Keep);

    /// <summary>One line per step.</summary>
    public string Print() => string.Concat(Steps.Select(step => step + "\n"));
}
