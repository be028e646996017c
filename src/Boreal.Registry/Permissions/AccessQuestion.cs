using Boreal.Registry.Repositories;

namespace Boreal.Registry.Permissions;

/// <summary>May this caller do that?</summary>
internal readonly record struct AccessQuestion
{
    private AccessQuestion(AccessSubject subject, RepositoryName? repository, RepositoryActions actions)
    {
        Subject = subject;
        Repository = repository;
        Actions = actions;
    }

    public AccessSubject Subject { get; }

    /// <summary>Set when the subject is a repository, or its listing.</summary>
    public RepositoryName? Repository { get; }

    public RepositoryActions Actions { get; }

    /// <summary><c>GET /v2/</c>: with credentials that are wrong the answer must be no, so that a login can be tried.</summary>
    public static AccessQuestion Ping => new(AccessSubject.Registry, null, RepositoryActions.None);

    /// <summary>Listing repositories; what is listed is asked one by one.</summary>
    public static AccessQuestion Catalog => new(AccessSubject.Catalog, null, RepositoryActions.None);

    /// <summary>Garbage collection and the like.</summary>
    public static AccessQuestion Administration => new(AccessSubject.Administration, null, RepositoryActions.None);

    /// <summary>Whether the catalog shows a repository to this caller, whose credentials need not be for it.</summary>
    public static AccessQuestion Listing(RepositoryName repository) => new(AccessSubject.Listing, repository, RepositoryActions.Pull);

    public static AccessQuestion Of(RepositoryName repository, RepositoryActions actions) => new(AccessSubject.Repository, repository, actions);

    /// <summary>For people who are refused.</summary>
    public override string ToString() => Repository is { } name ? $"{Actions} on {name}".ToLowerInvariant() : Subject.ToString().ToLowerInvariant();
}
