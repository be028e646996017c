using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Layers;

/// <summary>
/// What a writable layer changes in the tree below it, as <c>docker diff</c> tells it. Only the writable layer is walked:
/// what is not in it can't have changed.
/// </summary>
internal static class TreeComparison
{
    private const string Capability = "security.capability";

    public static IReadOnlyList<Change> Compare(FileDescriptor upper, FileDescriptor below)
    {
        var changes = new List<Change>();
        using var upperRoot = OpenAt.OpenDirectory(upper, ".");
        Walk(upperRoot, below, "", false, changes);
        changes.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return changes;
    }

    private static void Walk(FileDescriptor upper, FileDescriptor? below, string path, bool hidden, List<Change> changes)
    {
        // What an opaque directory hides is hidden in everything below it too.
        hidden |= below is not null && Whiteouts.IsOpaque(upper, ".");
        var names = DirectoryEntries.Names(upper);
        foreach (var name in names)
        {
            if (StatAt.TryGet(upper, name, out _) is not { } status)
                continue;
            var old = below is null ? null : StatAt.TryGet(below, name, out _);
            Entry(new Place(upper, below, path, hidden), name, status, old, changes);
        }

        if (hidden && below is not null)
            ReportHidden(below, names, path, changes);
    }

    private static void Entry(Place place, string name, FileStatus status, FileStatus? old, List<Change> changes)
    {
        var (upper, below, parent, hidden) = place;
        var path = $"{parent}/{name}";
        if (Whiteouts.IsWhiteout(status))
        {
            if (old is not null)
                changes.Add(new Change(path, ChangeKind.Deleted));
            return;
        }

        // As seen from the engine an entry of another type is the same name, modified.
        var own = changes.Count;
        var differs = old is { } known && (IsDifferent(known, status) || HasOtherCapability(upper, below, name));
        if (old is null || differs)
            changes.Add(new Change(path, old is null ? ChangeKind.Added : ChangeKind.Modified));
        if (!status.IsDirectory)
            return;

        using var upperChild = OpenAt.TryOpen(upper, name, OpenAt.DirectoryOnly | OpenAt.NoFollow, ResolveFlags.None, 0, out _);
        if (upperChild is null)
            return;
        using var belowChild = old is { IsDirectory: true } && below is not null ? OpenAt.OpenDirectory(below, name) : null;
        var before = changes.Count;
        Walk(upperChild, belowChild, path, hidden, changes);
        // A directory in which something changed is listed, whether or not it changed itself.
        if (before == own && changes.Count > before)
            changes.Add(new Change(path, ChangeKind.Modified));
    }

    private static void ReportHidden(FileDescriptor below, IReadOnlyList<string> names, string path, List<Change> changes)
    {
        using var listing = OpenAt.OpenDirectory(below, ".");
        foreach (var name in DirectoryEntries.Names(listing).Except(names))
            changes.Add(new Change($"{path}/{name}", ChangeKind.Deleted));
    }

    private static bool IsDifferent(in FileStatus old, in FileStatus now) =>
        old.Mode != now.Mode || old.Uid != now.Uid || old.Gid != now.Gid
        || old.DeviceMajor != now.DeviceMajor || old.DeviceMinor != now.DeviceMinor
        || !now.IsDirectory && (old.Modified != now.Modified || old.Size != now.Size);

    private static bool HasOtherCapability(FileDescriptor upper, FileDescriptor? below, string name) =>
        below is not null && !(ExtendedAttributes.Get(upper, name, Capability) ?? []).AsSpan().SequenceEqual(ExtendedAttributes.Get(below, name, Capability));

    private readonly record struct Place(FileDescriptor Upper, FileDescriptor? Below, string Path, bool Hidden);
}
