using Boreal.BuildWire.Ignore;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>Walks a tree in the order of its names and tells what patterns choose of it. A folder that no pattern chooses is told only when something in it is.</summary>
internal sealed class SelectionWalk(ISelectionHandler handler, PatternMatcher? included, PatternMatcher? excluded, CancellationToken cancellationToken)
{
    // Folders that are not told yet, outermost first.
    private readonly List<SelectedEntry> _pending = [];

    /// <summary>A name of a folder with everything below it. The name itself is chosen always.</summary>
    public void Entry(FileDescriptor folder, string name)
    {
        var entry = new SelectedEntry(folder, name, "", StatAt.Get(folder, name));
        if (entry.Status.IsDirectory)
            Folder(entry, isChosen: true, default, default);
        else
            handler.Take(entry);
    }

    /// <summary>Everything below a folder.</summary>
    public void Contents(FileDescriptor folder)
    {
        using var listed = OpenAt.OpenDirectory(folder, ".");
        Contents(listed, "", default, default);
    }

    private void Contents(FileDescriptor folder, string path, PathMatch aboveIncluded, PathMatch aboveExcluded)
    {
        foreach (var name in DirectoryEntries.Names(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (StatAt.TryGet(folder, name, out _) is not { } status)
                continue;
            var entry = new SelectedEntry(folder, name, path.Length == 0 ? name : $"{path}/{name}", status);
            var inside = included?.Match(entry.Path, aboveIncluded) ?? default;
            var outside = excluded?.Match(entry.Path, aboveExcluded) ?? default;
            var isChosen = (included is null || inside.IsMatched) && !outside.IsMatched;
            if (status.IsDirectory)
            {
                if (!outside.IsMatched || excluded is { HasNegations: true })
                    Folder(entry, isChosen, inside, outside);
            }
            else if (isChosen)
            {
                TellPending();
                handler.Take(entry);
            }
        }
    }

    private void Folder(in SelectedEntry entry, bool isChosen, PathMatch inside, PathMatch outside)
    {
        var place = _pending.Count;
        if (isChosen)
        {
            TellPending();
            place = 0;
            handler.Enter(entry, isChosen: true);
        }
        else
        {
            _pending.Add(entry);
        }

        using (var folder = OpenAt.OpenDirectory(entry.Folder, entry.Name))
            Contents(folder, entry.Path, inside, outside);
        if (_pending.Count > place)
            _pending.RemoveAt(place);
        else
            handler.Leave(entry);
    }

    private void TellPending()
    {
        foreach (var folder in _pending)
            handler.Enter(folder, isChosen: false);
        _pending.Clear();
    }
}
