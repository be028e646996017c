using Boreal.Engine.Trees;
using Boreal.Linux.Errors;
using Boreal.Linux.Syscalls;
using Boreal.Oci.Content;

namespace Boreal.Engine.Layers;

/// <summary>
/// A file tree on layers that somebody changes. The changes become a layer, where they lie, or go with this.
/// A crash leaves a folder and a mount that no record names; both go at the next start.
/// </summary>
public sealed class WorkTree : IDisposable
{
    internal const string MergedFolder = "merged";
    private const string WorkFolder = "work";

    private readonly LayerStore _layers;
    private readonly LayerDraft _draft;
    private readonly Digest[] _below;
    private readonly Action<Digest[]> _release;
    private bool _isMounted;
    private bool _isDisposed;

    internal WorkTree(LayerStore layers, OverlayMounts mounts, Digest[] below, Action<Digest[]> release)
    {
        (_layers, _below, _release) = (layers, below, release);
        _draft = layers.CreateDraft();
        Path = _draft.Tree;
        if (below.Length == 0)
            return;
        try
        {
            var work = Directory.CreateDirectory(InFolder(WorkFolder)).FullName;
            Path = Directory.CreateDirectory(InFolder(MergedFolder)).FullName;
            mounts.Mount(below.Reverse().Select(diffId => layers.Get(diffId).Number), _draft.Tree, work, Path, isPassing: true);
            _isMounted = true;
        }
        catch
        {
            _draft.Dispose();
            throw;
        }
    }

    /// <summary>The root of the tree, for as long as it is neither kept nor disposed of.</summary>
    public string Path { get; }

    /// <summary>The changes by themselves; null where the tree is nothing else. Only what is in no layer below may be changed here.</summary>
    public string? Changes => _below.Length == 0 ? null : _draft.Tree;

    /// <summary>Makes the changes a layer: its digest, counted as one use, which passes to the caller. The tree is over.</summary>
    internal LayerRecord Keep(CancellationToken cancellationToken)
    {
        Unmount();
        foreach (var rest in (ReadOnlySpan<string>)[WorkFolder, MergedFolder])
            TreeRemover.Remove(InFolder(rest));
        return _layers.Keep(_draft, TarNote.Write(_draft.Folder, _draft.Tree, cancellationToken));
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Unmount();
        _draft.Dispose();
        _release(_below);
    }

    private void Unmount()
    {
        if (!_isMounted)
            return;
        if (!Mount.TryDetach(Path, out var errno, UnmountFlags.Detach))
            throw new LinuxException(errno, "umount2", Path);
        _isMounted = false;
    }

    private string InFolder(string name) => System.IO.Path.Combine(_draft.Folder, name);
}
