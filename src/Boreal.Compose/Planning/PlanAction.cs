namespace Boreal.Compose.Planning;

/// <summary>What a step does.</summary>
internal enum PlanAction
{
    Pull,
    Build,
    Create,

    /// <summary>Containers are replaced.</summary>
    Recreate,

    /// <summary>Settings change, containers stay.</summary>
    Update,

    Scale,

    /// <summary>Nothing to do but to see that it runs.</summary>
    Keep,
    Remove,
}
