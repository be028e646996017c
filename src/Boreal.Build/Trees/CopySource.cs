using Boreal.Build.Graph;

namespace Boreal.Build.Trees;

/// <summary>Something to be copied.</summary>
/// <param name="Path">Where it is, from the root of its tree, without links on the way; empty for the root.</param>
/// <param name="Name">What a copy of it is called where only a folder is named.</param>
/// <param name="IsFolder">It is a folder, itself or by the link it was.</param>
internal sealed record CopySource(string Path, string Name, bool IsFolder)
{
    /// <summary>What is in it is copied rather than itself. A root has no name that a copy could have.</summary>
    public bool GivesContents(CopyAction copy) => IsFolder && (copy.FollowsLinks || Path.Length == 0);
}
