using Boreal.Registry.Access.Grants;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Permissions;

namespace Boreal.Registry.Access.Callers;

/// <summary>A user who gave the password.</summary>
internal sealed record UserCaller(User User, UserDirectory Users) : Caller
{
    public override bool IsRefusedForGood(AccessQuestion question) => true;

    protected override bool MayList => true;

    protected override bool Administers => User.Grants.Administers;

    protected override Rights On(string repository) => Users.RightsOf(User, repository);
}
