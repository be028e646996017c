using Boreal.Registry.Access.Grants;
using Boreal.Registry.Access.Users;
using Boreal.Registry.Repositories;

namespace Boreal.Registry.Access.Tokens;

/// <summary>What of the scopes asked for somebody gets: the part that their rights cover, which may be nothing.</summary>
internal static class TokenGranting
{
    public const string Repository = "repository";
    public const string Registry = "registry";

    /// <summary>The name list of all repositories, which this registry cuts to what the caller may see.</summary>
    public const string Catalog = "catalog";

    /// <summary>What concerns the whole registry.</summary>
    public const string Administration = "administration";

    private const string Everything = "*";

    /// <summary>A token that is not for this registry lists names for administrators only: others show all of them to whoever may list.</summary>
    public static IReadOnlyList<TokenAccess> Grant(IEnumerable<TokenScope> scopes, User? user, UserDirectory users, bool isOwn) =>
    [
        .. scopes
            .GroupBy(scope => (scope.Type, scope.Name))
            .Select(group => new TokenAccess
            {
                Type = group.Key.Type,
                Name = group.Key.Name,
                Actions = group.Key.Type switch
                {
                    Repository when RepositoryName.TryParse(group.Key.Name, out _) => OnRepository(group, users.RightsOf(user, group.Key.Name)),
                    Registry => OnRegistry(group.Key.Name, user, isOwn),
                    _ => [],
                },
            })
            .Where(access => access.Actions.Count > 0),
    ];

    private static IReadOnlyList<string> OnRepository(IEnumerable<TokenScope> scopes, Rights rights)
    {
        var asked = scopes.Aggregate(Rights.None, (sum, scope) => sum | ActionNames.ParseScope(scope.Actions));
        return ActionNames.ForToken(asked & rights, withEverything: scopes.Any(scope => scope.Actions == Everything));
    }

    private static IReadOnlyList<string> OnRegistry(string name, User? user, bool isOwn) => name switch
    {
        Catalog when isOwn || user is { Grants.Administers: true } => [Everything],
        Administration when user is { Grants.Administers: true } => [Everything],
        _ => [],
    };
}
