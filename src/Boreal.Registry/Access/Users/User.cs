using Boreal.Registry.Access.Grants;

namespace Boreal.Registry.Access.Users;

/// <summary>Somebody with a name, the bcrypt hash of a password, and rights.</summary>
internal sealed record User(string Name, string PasswordHash, GrantSet Grants);
