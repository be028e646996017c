using Boreal.BuildWire.Packets;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>
/// The folders between the top and where a walk in depth-first, byte-sorted order stands. Leaving a folder removes what is in it
/// and was not visited.
/// </summary>
internal sealed class FolderStack : IDisposable
{
    private const int Deepest = 1024;

    private readonly Stack<Folder> _open = new();

    /// <summary>The top stays the caller's.</summary>
    public FolderStack(FileDescriptor top) => _open.Push(new Folder("", top, DirectoryEntries.Names(top)));

    /// <summary>The open folder that the entry is in, its name noted as visited.</summary>
    public FileDescriptor Visit(ContextEntry entry, string name)
    {
        while (!entry.Parent.SequenceEqual(_open.Peek().Path))
        {
            if (_open.Count == 1)
                throw new ContextException($"{entry.Path}: the client sent it before its folder, or out of order");
            Leave();
        }
        var folder = _open.Peek();
        if (folder.Last is { } last && PathOrder.Compare(last, name) >= 0)
            throw new ContextException($"{entry.Path}: the client sent it out of order, after {last}");
        folder.Last = name;
        folder.Unvisited.Remove(name);
        return folder.Descriptor;
    }

    /// <summary>Goes into a folder that was just visited; what follows may be in it.</summary>
    public void Enter(ContextEntry entry, string name, bool isNew)
    {
        if (_open.Count >= Deepest)
            throw new ContextException($"{entry.Path}: more than {Deepest} folders deep");
        var descriptor = OpenAt.OpenDirectory(_open.Peek().Descriptor, name);
        _open.Push(new Folder(entry.Path, descriptor, isNew ? [] : DirectoryEntries.Names(descriptor)));
    }

    /// <summary>There is no more.</summary>
    public void Finish()
    {
        while (_open.Count > 1)
            Leave();
        _open.Peek().RemoveUnvisited();
    }

    public void Dispose()
    {
        while (_open.Count > 1)
            _open.Pop().Descriptor.Dispose();
    }

    private void Leave()
    {
        var folder = _open.Pop();
        using (folder.Descriptor)
            folder.RemoveUnvisited();
    }

    private sealed class Folder(string path, FileDescriptor descriptor, IReadOnlyList<string> names)
    {
        public string Path { get; } = path;

        public FileDescriptor Descriptor { get; } = descriptor;

        public HashSet<string> Unvisited { get; } = new(names, StringComparer.Ordinal);

        public string? Last { get; set; }

        public void RemoveUnvisited()
        {
            foreach (var name in Unvisited)
                TreeRemover.Remove(Descriptor, name);
        }
    }
}
