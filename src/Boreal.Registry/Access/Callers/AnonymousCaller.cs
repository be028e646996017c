using Boreal.Registry.Access.Grants;
using Boreal.Registry.Access.Users;

namespace Boreal.Registry.Access.Callers;

/// <summary>
/// Someone without credentials. Never let in at the front door, whatever they may pull: clients learn there, and only there,
/// how to log in.
/// </summary>
internal sealed record AnonymousCaller(UserDirectory Users) : Caller
{
    protected override bool IsLetIn => false;

    protected override bool MayList => !Users.Anonymous.IsEmpty;

    protected override bool Administers => false;

    protected override Rights On(string repository) => Users.Anonymous.On(repository);
}
