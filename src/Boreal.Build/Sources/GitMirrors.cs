using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Boreal.Build.Caching;
using Boreal.Engine.State;

namespace Boreal.Build.Sources;

/// <summary>
/// What was fetched of repositories, kept so that the next commit costs only what is new: one bare repository for each remote, used by
/// one at a time. Git adds to it so that a cut never damages it; all a cut leaves are lock files, which go when it is first opened.
/// </summary>
internal sealed class GitMirrors(NodePaths paths, FolderLedger ledger) : IKeptFolders
{
    private const string FolderKind = "source.git.checkout";

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _opened = new(StringComparer.Ordinal);

    /// <summary>The folder that all of git's is below.</summary>
    public static string RootOf(NodePaths paths) => Path.Combine(paths.DataRoot, "build", "git");

    public string Kind => FolderKind;

    public string Root { get; } = RootOf(paths);

    public bool IsInUse(string name) => _turns.TryGetValue(name, out var turn) && turn.CurrentCount == 0;

    /// <summary>The caller alone uses it until it is disposed of.</summary>
    public async Task<GitMirror> OpenAsync(string remote, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(remote)))[..32];
        var turn = _turns.GetOrAdd(name, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        ledger.Use(FolderKind, name, $"git repository {GitCheckout.WithoutSecrets(remote)}");
        var mirror = new GitMirror(Path.Combine(RootOf(paths), name), () => turn.Release());
        try
        {
            if (_opened.TryAdd(name, true))
                mirror.RemoveLocks();
            await mirror.EnsureAsync(remote, cancellationToken);
            return mirror;
        }
        catch
        {
            mirror.Dispose();
            throw;
        }
    }

    public bool TryRemove(string name)
    {
        var path = Path.Combine(Root, name);
        var turn = _turns.GetOrAdd(name, _ => new SemaphoreSlim(1));
        if (!turn.Wait(0))
            return false;
        try
        {
            if (!Directory.Exists(path))
                return false;
            FolderLedger.Doom(path);
        }
        finally
        {
            turn.Release();
        }

        ledger.Forget(FolderKind, name);
        ledger.RemoveDoomed(Root);
        return true;
    }
}
