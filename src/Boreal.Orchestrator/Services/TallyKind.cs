namespace Boreal.Orchestrator.Services;

/// <summary>What is counted of a service.</summary>
public enum TallyKind
{
    /// <summary>Tasks made, by why: <c>scale</c>, <c>restart</c>, <c>update</c>, ...</summary>
    TaskMade,

    /// <summary>Tasks that ended, by the state they ended in.</summary>
    TaskEnded,

    /// <summary>Updates, by each state they got into.</summary>
    Update,

    /// <summary>Decisions of the autoscaler, by direction and reason.</summary>
    Scaling,
}
