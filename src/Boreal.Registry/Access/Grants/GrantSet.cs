namespace Boreal.Registry.Access.Grants;

/// <summary>All that somebody may do: the grants add up.</summary>
internal sealed class GrantSet(IReadOnlyList<Grant> grants)
{
    public static GrantSet Nothing { get; } = new([]);

    public static GrantSet Everything { get; } = new([new Grant(RepositoryPattern.Everything, Rights.All)]);

    public IReadOnlyList<Grant> Grants => grants;

    public bool IsEmpty => grants.Count == 0;

    /// <summary>May do what concerns no single repository.</summary>
    public bool Administers => grants.Any(grant => grant.Actions.HasFlag(Rights.Admin) && grant.Repositories == RepositoryPattern.Everything);

    public Rights On(string repository)
    {
        var actions = Rights.None;
        foreach (var grant in grants)
        {
            if (grant.Repositories.Matches(repository))
                actions |= grant.Actions;
        }
        return actions.HasFlag(Rights.Admin) ? Rights.All : actions;
    }
}
