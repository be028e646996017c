namespace Boreal.Registry.Permissions;

/// <summary>What a question of access is about.</summary>
internal enum AccessSubject
{
    Registry,
    Catalog,
    Administration,
    Repository,

    /// <summary>That a repository exists, where many are listed.</summary>
    Listing,
}
