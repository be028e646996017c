using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Layers;

/// <summary>A layer being unpacked. Thrown away unless it was kept; a crash leaves only a folder nothing names.</summary>
internal sealed class LayerDraft : IDisposable
{
    public const string Suffix = ".new";

    private bool _kept;

    public LayerDraft(string layersFolder, long number)
    {
        Number = number;
        Folder = Path.Combine(layersFolder, $"{number}{Suffix}");
        Tree = Path.Combine(Folder, LayerStore.TreeFolder);
        Directory.CreateDirectory(Folder);
        using var folder = FileDescriptor.Open(Folder, OpenAt.DirectoryOnly);
        NodeAt.MakeDirectory(folder, LayerStore.TreeFolder, LayerStore.TreeMode);
        AttributesAt.SetMode(folder, LayerStore.TreeFolder, LayerStore.TreeMode);
    }

    public long Number { get; }

    public string Folder { get; }

    public string Tree { get; }

    /// <summary>Gives the folder its final name.</summary>
    public void Keep()
    {
        Directory.Move(Folder, Folder[..^Suffix.Length]);
        _kept = true;
    }

    public void Dispose()
    {
        if (!_kept)
            TreeRemover.Remove(Folder);
    }
}
