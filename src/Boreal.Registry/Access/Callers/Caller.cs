using Boreal.Registry.Access.Grants;
using Boreal.Registry.Permissions;

namespace Boreal.Registry.Access.Callers;

/// <summary>Whoever sent a request, and what they may do in it.</summary>
internal abstract record Caller
{
    public bool Allows(AccessQuestion question) => question.Subject switch
    {
        AccessSubject.Registry => IsLetIn,
        AccessSubject.Catalog => MayList,
        AccessSubject.Administration => Administers,
        AccessSubject.Listing when question.Repository is { } name => Sees(name.Value),
        AccessSubject.Repository when question.Repository is { } name => On(name.Value).HasFlag((Rights)question.Actions),
        _ => false,
    };

    /// <summary>Nothing they could bring along would change a no.</summary>
    public virtual bool IsRefusedForGood(AccessQuestion question) => false;

    protected virtual bool IsLetIn => true;

    /// <summary>May ask for the list of repositories, of which they get those they may pull.</summary>
    protected abstract bool MayList { get; }

    protected abstract bool Administers { get; }

    protected virtual bool Sees(string repository) => On(repository).HasFlag(Rights.Pull);

    protected abstract Rights On(string repository);
}
