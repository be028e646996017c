using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.BuildWire.Ignore;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Classic;

/// <summary>The client of a classic build: all it had to give came as one archive.</summary>
internal sealed class UploadedContext(string folder) : IBuildClient
{
    private readonly Lock _lock = new();
    private bool _isReduced;

    public Task<ContextFolder> OpenFolderAsync(ContextFilter filter, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var root = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
        lock (_lock)
        {
            if (filter.Exclude.Count > 0 && !_isReduced)
            {
                _isReduced = true;
                Remove(root, "", PatternMatcher.Parse(filter.Exclude), default, cancellationToken);
            }
        }

        return Task.FromResult(new ContextFolder(folder, root, new FolderMemory(), static () => { }));
    }

    public Task<Stream> OpenUploadAsync(string id, CancellationToken cancellationToken) => throw Absent("upload");

    public Task<byte[]?> GetSecretAsync(string id, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    public Task<bool> HasSshAgentAsync(string id, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<Stream> OpenSshAgentAsync(string id, CancellationToken cancellationToken) => throw Absent("agent");

    public Task<BuildCredentials?> GetCredentialsAsync(string host, CancellationToken cancellationToken) => Task.FromResult<BuildCredentials?>(null);

    public Task<Stream> CreateFileAsync(int export, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) => throw Absent("place for files");

    public Task SendFolderAsync(int export, string folder, DateTimeOffset? time, IProgress<long> progress, CancellationToken cancellationToken) => throw Absent("place for files");

    public Task<IClientContent> OpenContentAsync(string store, CancellationToken cancellationToken) => throw Absent("store of blobs");

    private static BuildException Absent(string what) => new($"the client of a classic build has no {what}");

    // The folder is this build's own.
    private static void Remove(FileDescriptor directory, string path, PatternMatcher excluded, PathMatch above, CancellationToken cancellationToken)
    {
        using var listed = OpenAt.OpenDirectory(directory, ".");
        foreach (var name in DirectoryEntries.Names(listed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entry = path.Length == 0 ? name : $"{path}/{name}";
            var match = excluded.Match(entry, above);
            var isFolder = StatAt.Get(listed, name).IsDirectory;
            if (match.IsMatched && (!isFolder || !excluded.HasNegations))
            {
                TreeRemover.Remove(listed, name);
            }
            else if (isFolder)
            {
                using (var child = OpenAt.OpenDirectory(listed, name))
                    Remove(child, entry, excluded, match, cancellationToken);
                if (match.IsMatched)
                    _ = NodeAt.TryRemoveDirectory(listed, name);
            }
        }
    }
}
