using Boreal.Linux.Descriptors;

namespace Boreal.Build.Trees;

/// <summary>
/// The changes of a tree on layers, by themselves. A folder that is new in the tree is in them only: what goes into it may be put there
/// past the overlay, which is quicker.
/// </summary>
/// <param name="Root">The changes' root.</param>
/// <param name="Path">The folder in question, from the root and without links.</param>
internal sealed record LayerChanges(FileDescriptor Root, string Path)
{
    /// <summary>A new folder below the one in question, open.</summary>
    public FileDescriptor Open(string path) => RootedPath.OpenFolder(Root, PathOf(path));

    public string PathOf(string path) => Path.Length == 0 ? path : path.Length == 0 ? Path : $"{Path}/{path}";
}
