using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Boreal.Linux.Errors;
using Boreal.Linux.Events;

namespace Boreal.Cli.Commands.Compose.Watching;

/// <summary>
/// Tells which files under a path have changed, in batches: what happens within a moment belongs together. inotify says in which folder
/// something happened; what it was is seen by comparing.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private const int Overflow = -1;
    private const InotifyEvents Watched = InotifyEvents.Modified | InotifyEvents.MovedFrom | InotifyEvents.MovedTo | InotifyEvents.Created | InotifyEvents.Deleted;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly Inotify _inotify = new();
    private readonly Channel<int> _events = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<int, string> _folders = [];
    private readonly Dictionary<string, Dictionary<string, (DateTime Written, long Length)>> _files = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly string? _only;
    private readonly Func<string, bool> _skips;
    private readonly TimeProvider _clock;

    /// <param name="path">A folder, with all in it, or a file.</param>
    /// <param name="skips">Of a path relative to <paramref name="path"/>: neither it nor what is in it counts.</param>
    /// <param name="clock">Measures when it is quiet again.</param>
    public FolderWatch(string path, Func<string, bool> skips, TimeProvider clock)
    {
        (_skips, _clock) = (skips, clock);
        _only = File.Exists(path) ? Path.GetFileName(path) : null;
        _root = _only is null ? path : Path.GetDirectoryName(path) ?? "/";
        Enter("");
        // It ends when the descriptor is closed, at the latest with the process.
        new Thread(Listen) { IsBackground = true, Name = "files" }.Start();
    }

    /// <summary>Every file there is now.</summary>
    public IEnumerable<FileChange> Now => _files.SelectMany(folder => folder.Value.Keys.Select(name => new FileChange(Named(Join(folder.Key, name)), IsGone: false)));

    public async IAsyncEnumerable<IReadOnlyList<FileChange>> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _events.Reader.WaitToReadAsync(cancellationToken))
        {
            var touched = new HashSet<int>();
            do
            {
                while (_events.Reader.TryRead(out var watch)) touched.Add(watch);
                await Task.Delay(Quiet, _clock, cancellationToken);
            }
            while (_events.Reader.TryPeek(out _));
            var folders = touched.Contains(Overflow) ? [.. _files.Keys] : touched.Select(_folders.GetValueOrDefault).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            var changes = folders.SelectMany(Compare).Distinct().ToList();
            if (changes.Count > 0) yield return changes;
        }
    }

    public void Dispose() => _inotify.Dispose();

    private void Listen()
    {
        try
        {
            while (true)
            {
                foreach (var watch in _inotify.Read()) _events.Writer.TryWrite(watch);
            }
        }
        catch (Exception problem) when (problem is LinuxException or ObjectDisposedException)
        {
            _events.Writer.TryComplete(problem as LinuxException);
        }
    }

    /// <summary>Watches a folder and all in it; what is in it is taken for known.</summary>
    private void Enter(string folder)
    {
        try
        {
            _folders[_inotify.Watch(Path.Combine(_root, folder), Watched)] = folder;
        }
        catch (LinuxException) when (folder.Length > 0)
        {
            // It went while it was looked at.
            return;
        }

        _files[folder] = Files(folder);
        foreach (var inner in Folders(folder)) Enter(inner);
    }

    private List<FileChange> Compare(string folder)
    {
        if (!_files.TryGetValue(folder, out var before)) return [];
        var changes = new List<FileChange>();
        var now = Files(folder);
        foreach (var (name, state) in now)
        {
            if (!before.TryGetValue(name, out var earlier) || earlier != state) changes.Add(new FileChange(Named(Join(folder, name)), IsGone: false));
        }

        changes.AddRange(before.Keys.Except(now.Keys, StringComparer.Ordinal).Select(name => new FileChange(Named(Join(folder, name)), IsGone: true)));
        _files[folder] = now;
        foreach (var inner in Folders(folder).Where(inner => !_files.ContainsKey(inner)).ToList())
        {
            Enter(inner);
            changes.AddRange(_files.Where(entry => IsWithin(entry.Key, inner)).SelectMany(entry => entry.Value.Keys.Select(name => new FileChange(Join(entry.Key, name), IsGone: false))));
        }

        foreach (var gone in _files.Keys.Where(known => known.Length > 0 && Path.GetDirectoryName(known) == folder && !Directory.Exists(Path.Combine(_root, known))).ToList())
        {
            changes.Add(new FileChange(gone, IsGone: true));
            foreach (var inner in _files.Keys.Where(known => IsWithin(known, gone)).ToList()) _files.Remove(inner);
        }

        return changes;
    }

    private Dictionary<string, (DateTime Written, long Length)> Files(string folder)
    {
        var files = new Dictionary<string, (DateTime, long)>(StringComparer.Ordinal);
        var directory = new DirectoryInfo(Path.Combine(_root, folder));
        if (!directory.Exists) return files;
        foreach (var file in directory.EnumerateFiles().Where(file => _only is null ? !_skips(Join(folder, file.Name)) : file.Name == _only))
            files[file.Name] = (file.LastWriteTimeUtc, file.LinkTarget is null && file.Exists ? file.Length : 0);
        return files;
    }

    private IEnumerable<string> Folders(string folder)
    {
        if (_only is not null) return [];
        var directory = new DirectoryInfo(Path.Combine(_root, folder));
        return directory.Exists ? directory.EnumerateDirectories().Where(inner => inner.LinkTarget is null).Select(inner => Join(folder, inner.Name)).Where(path => !_skips(path)) : [];
    }

    private string Named(string path) => _only is null ? path : "";

    private static string Join(string folder, string name) => folder.Length is 0 ? name : $"{folder}/{name}";

    private static bool IsWithin(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
