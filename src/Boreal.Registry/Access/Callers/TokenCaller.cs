using Boreal.Registry.Access.Grants;
using Boreal.Registry.Access.Tokens;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Permissions;

namespace Boreal.Registry.Access.Callers;

/// <summary>The holder of a token: held to what it says, and to what its user may do now, so that a right taken away counts at once.</summary>
internal sealed record TokenCaller(TokenClaims Claims, User? User, UserDirectory Users) : Caller
{
    public override bool IsRefusedForGood(AccessQuestion question) => User is not null && !new UserCaller(User, Users).Allows(question);

    protected override bool MayList => Holds(TokenGranting.Catalog);

    protected override bool Administers => User is { Grants.Administers: true } && Holds(TokenGranting.Administration);

    protected override Rights On(string repository)
    {
        var granted = Rights.None;
        foreach (var access in Claims.Access)
        {
            if (access.Type == TokenGranting.Repository && access.Name == repository)
                granted |= access.Actions.Aggregate(Rights.None, (sum, action) => sum | ActionNames.ParseScope(action));
        }
        return granted & Users.RightsOf(User, repository);
    }

    /// <summary>A token to list names no repository.</summary>
    protected override bool Sees(string repository) => Users.RightsOf(User, repository).HasFlag(Rights.Pull);

    private bool Holds(string name) => Claims.Access.Any(access => access.Type == TokenGranting.Registry && access.Name == name);
}
