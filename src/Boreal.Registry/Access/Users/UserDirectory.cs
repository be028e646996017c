using System.Collections.Frozen;
using Boreal.Registry.Access.Grants;

namespace Boreal.Registry.Access.Users;

/// <summary>Who there is, as of one reading of the files.</summary>
internal sealed class UserDirectory(IEnumerable<User> users, GrantSet anonymous)
{
    private readonly FrozenDictionary<string, User> _users = users.ToFrozenDictionary(user => user.Name, StringComparer.Ordinal);

    /// <summary>What everybody may do.</summary>
    public GrantSet Anonymous => anonymous;

    public bool IsEmpty => _users.Count == 0;

    /// <summary>What a user, or with null anybody, may do.</summary>
    public Rights RightsOf(User? user, string repository) => anonymous.On(repository) | (user?.Grants.On(repository) ?? Rights.None);

    public User? Find(string name) => _users.GetValueOrDefault(name);
}
