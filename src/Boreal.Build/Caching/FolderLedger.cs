using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Caching;

/// <summary>
/// What is remembered of the folders that builds keep. The folders themselves are the truth: one that is not remembered is noted when it is
/// first listed, and what is remembered of one that is gone goes then.
/// </summary>
internal sealed class FolderLedger(Database database, TimeProvider clock)
{
    private const string DoomedSuffix = ".gone";

    private readonly Lock _lock = new();
    private readonly Lock _removing = new();
    private readonly Table<FolderRecord> _table = database.Table("build_folders", CachingJsonContext.Default.FolderRecord);
    private Dictionary<(string Kind, string Name), FolderRecord>? _known;

    /// <summary>A folder is used once more.</summary>
    public void Use(string kind, string name, string description)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            Put(Known.TryGetValue((kind, name), out var record)
                ? record with { Description = description, LastUsedAt = now, UsageCount = record.UsageCount + 1 }
                : New(kind, name, description, now, 1));
        }
    }

    /// <summary>What lies there, with its size as it was after its last use.</summary>
    public IReadOnlyList<FolderRecord> List(IKeptFolders folders)
    {
        var names = Directory.Exists(folders.Root)
            ? Directory.EnumerateDirectories(folders.Root).Select(path => Path.GetFileName(path)).Where(name => !name.Contains('.')).ToHashSet(StringComparer.Ordinal)
            : [];
        List<string> remembered;
        lock (_lock)
            remembered = [.. Known.Keys.Where(key => key.Kind == folders.Kind && !names.Contains(key.Name)).Select(key => key.Name)];
        foreach (var gone in remembered.Where(name => !folders.IsInUse(name)))
            Forget(folders.Kind, gone);
        return [.. names.Select(name => Measure(folders, name))];
    }

    public void Forget(string kind, string name)
    {
        lock (_lock)
        {
            if (Known.Remove((kind, name)))
                _table.Delete($"{kind}/{name}");
        }
    }

    /// <summary>Takes a folder's name away, so that half of it can't look like all of it after a crash; <see cref="RemoveDoomed"/> does the rest.</summary>
    public static void Doom(string path) => Directory.Move(path, $"{path}.{Guid.NewGuid():N}{DoomedSuffix}");

    /// <summary>Removes what was doomed, also what a crash left of it.</summary>
    public void RemoveDoomed(string root)
    {
        lock (_removing)
        {
            foreach (var path in Directory.GetDirectories(root, "*" + DoomedSuffix))
                TreeRemover.Remove(path);
        }
    }

    private Dictionary<(string Kind, string Name), FolderRecord> Known => _known ??= _table.Load().ToDictionary(pair => (pair.Value.Kind, pair.Value.Name), pair => pair.Value);

    // Walking a large folder takes long: it is done once after each use, and not while it changes.
    private FolderRecord Measure(IKeptFolders folders, string name)
    {
        FolderRecord record;
        lock (_lock)
        {
            if (!Known.TryGetValue((folders.Kind, name), out var known))
                Put(known = New(folders.Kind, name, "", Directory.GetLastWriteTimeUtc(Path.Combine(folders.Root, name)), 0));
            record = known;
        }

        if (record.MeasuredUses == record.UsageCount || folders.IsInUse(name))
            return record;
        using var root = FileDescriptor.TryOpen(Path.Combine(folders.Root, name), OpenAt.DirectoryOnly | OpenAt.NoFollow, 0, out _);
        if (root is null)
            return record;
        var size = TreeSize.Measure(root);
        lock (_lock)
        {
            if (!Known.TryGetValue((folders.Kind, name), out var now) || now.UsageCount != record.UsageCount)
                return record with { Size = size };
            Put(now = now with { Size = size, MeasuredUses = now.UsageCount });
            return now;
        }
    }

    private static FolderRecord New(string kind, string name, string description, DateTimeOffset time, int uses) => new()
    {
        Kind = kind,
        Name = name,
        Description = description,
        CreatedAt = time,
        LastUsedAt = time,
        UsageCount = uses,
    };

    private void Put(FolderRecord record)
    {
        _table.Put($"{record.Kind}/{record.Name}", record);
        Known[(record.Kind, record.Name)] = record;
    }
}
