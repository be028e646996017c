namespace Boreal.Registry.Permissions;

/// <summary>What a request wants to do to a repository.</summary>
[Flags]
internal enum RepositoryActions
{
    None = 0,
    Pull = 1,
    Push = 2,
    Delete = 4,
}
