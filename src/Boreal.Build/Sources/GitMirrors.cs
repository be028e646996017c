using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.State;
using Boreal.Engine.Trees;

namespace Boreal.Build.Sources;

/// <summary>
/// What was fetched of repositories, kept so that the next commit costs only what is new: one bare repository for each remote, used by
/// one at a time. Git adds to it so that a cut never damages it; all a cut leaves are lock files, which go when it is first opened.
/// </summary>
internal sealed class GitMirrors(NodePaths paths)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _opened = new(StringComparer.Ordinal);

    /// <summary>The folder that all of git's is below.</summary>
    public static string RootOf(NodePaths paths) => Path.Combine(paths.DataRoot, "build", "git");

    /// <summary>The caller alone uses it until it is disposed of.</summary>
    public async Task<GitMirror> OpenAsync(string remote, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(remote)))[..32];
        var turn = _turns.GetOrAdd(name, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
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

    /// <summary>Removes all that are not in use.</summary>
    public void Prune()
    {
        var root = RootOf(paths);
        if (!Directory.Exists(root))
            return;
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            var turn = _turns.GetOrAdd(Path.GetFileName(folder), _ => new SemaphoreSlim(1));
            if (!turn.Wait(0))
                continue;
            try
            {
                TreeRemover.Remove(folder);
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
