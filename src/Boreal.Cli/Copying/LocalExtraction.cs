using System.Formats.Tar;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Copying;

/// <summary>
/// Unpacks a tar that a container made into a directory here. The container is not trusted: nothing is written outside the directory,
/// neither by a path with dots nor through a symbolic link that the archive made before.
/// </summary>
internal sealed class LocalExtraction(CopyPlan plan)
{
    private readonly List<(string Path, UnixFileMode Mode, DateTimeOffset Time)> _directories = [];
    private readonly string _root = Path.GetFullPath(plan.Directory);

    public long Copied { get; private set; }

    public async Task RunAsync(Stream content, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_root)) throw new CommandFailedException($"invalid output path: directory \"{_root}\" does not exist");
        await using var tar = new TarReader(content, leaveOpen: true);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry) await PlaceAsync(entry, cancellationToken);
        // Last, because making files in a directory changes its time and a read-only one takes none.
        foreach (var (path, mode, time) in Enumerable.Reverse(_directories))
        {
            File.SetUnixFileMode(path, mode);
            Directory.SetLastWriteTimeUtc(path, time.UtcDateTime);
        }
    }

    private async Task PlaceAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        var path = Resolve(plan.NameOf(entry.Name));
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                MakeDirectory(path, entry);
                return;
            case TarEntryType.SymbolicLink:
                Clear(path);
                File.CreateSymbolicLink(path, entry.LinkName);
                return;
            case TarEntryType.HardLink:
                Clear(path);
                File.Copy(Resolve(plan.NameOf(entry.LinkName)), path);
                return;
            case TarEntryType.GlobalExtendedAttributes:
                return;
            default:
                Clear(path);
                await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken);
                Copied += entry.Length;
                return;
        }
    }

    private void MakeDirectory(string path, TarEntry entry)
    {
        if (File.Exists(path) && !Directory.Exists(path)) throw new CommandFailedException($"cannot overwrite non-directory \"{path}\" with directory \"{entry.Name}\"");
        Directory.CreateDirectory(path);
        if (path != _root) _directories.Add((path, entry.Mode, entry.ModificationTime));
    }

    private static void Clear(string path)
    {
        if (new FileInfo(path).LinkTarget is null && Directory.Exists(path))
            throw new CommandFailedException($"cannot overwrite directory \"{path}\" with non-directory");
        File.Delete(path);
    }

    private string Resolve(string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ".").ToList();
        if (parts.Contains("..")) throw new CommandFailedException($"refusing to write outside {_root}: the archive has an entry {name}");
        var path = _root;
        for (var i = 0; i < parts.Count; i++)
        {
            path = Path.Combine(path, parts[i]);
            if (i < parts.Count - 1 && new FileInfo(path).LinkTarget is not null)
                throw new CommandFailedException($"refusing to write through the symbolic link {path}: the archive has an entry {name}");
        }

        return path;
    }
}
