namespace Boreal.Registry.Access.Grants;

/// <summary>What can be done to a repository. Bits, because a grant names several.</summary>
[Flags]
internal enum Rights
{
    None = 0,
    Pull = 1,
    Push = 2,
    Delete = 4,

    /// <summary>Everything here; on all repositories also what concerns the whole registry, such as collecting garbage.</summary>
    Admin = 8,

    Whole = Pull | Push | Delete,
    All = Whole | Admin,
}
