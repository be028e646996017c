using Boreal.Build.Solving;
using Boreal.Engine.Layers;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>A solved tree, open to be read.</summary>
internal sealed class SourceTree : IDisposable
{
    private readonly WorkTree? _view;

    private SourceTree(string path, WorkTree? view)
    {
        (Path, _view) = (path, view);
        Root = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
    }

    public string Path { get; }

    public FileDescriptor Root { get; }

    /// <summary>It is a client's folder as received.</summary>
    public bool IsReceived => _view is null;

    /// <summary>The caller holds the tree's layers, or the folder.</summary>
    public static SourceTree Open(SolvedTree tree, BuildLayers layers)
    {
        if (tree is SolvedTree.Received { Folder: var folder })
            return new SourceTree(folder.Path, null);
        var view = layers.CreateTree(((SolvedTree.Layered)tree).Digests);
        try
        {
            return new SourceTree(view.Path, view);
        }
        catch
        {
            view.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Root.Dispose();
        _view?.Dispose();
    }
}
