using Boreal.Engine.Trees;

namespace Boreal.Build.Sources;

/// <summary>The bare repository of a remote, while one build uses it.</summary>
internal sealed class GitMirror(string folder, Action release) : IDisposable
{
    public string Folder { get; } = folder;

    public void Dispose() => release();

    internal void RemoveLocks()
    {
        if (!Directory.Exists(Folder))
            return;
        foreach (var path in Directory.EnumerateFiles(Folder, "*.lock", SearchOption.AllDirectories))
            File.Delete(path);
    }

    internal async Task EnsureAsync(string remote, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(Folder, "HEAD")))
            return;
        Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await GitProgram.RunAsync(new GitRun(Folder, "init", "--quiet", "--bare", "--template=", "."), cancellationToken)).OrThrow($"failed to init repo for {remote}");
    }

    /// <summary>Brings a commit here: alone if the server gives it so, otherwise with all that the server has.</summary>
    /// <exception cref="Builds.BuildException">It cannot be had.</exception>
    public async Task FetchAsync(string remote, GitCommit commit, GitRun call, CancellationToken cancellationToken)
    {
        if (await HasAsync(commit.Id, cancellationToken))
            return;
        var fetch = (IReadOnlyList<string>)["fetch", "--force", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
        var name = commit.Name.StartsWith("refs/", StringComparison.Ordinal) || commit.Name == "HEAD" ? commit.Name : commit.Id;
        var shallow = await GitProgram.RunAsync(call with { Folder = Folder, Arguments = [.. fetch, "--depth=1", "--", remote, $"+{name}:{GitCheckout.RefOf(commit)}"] }, cancellationToken);
        if (shallow.ExitCode == 0 && await HasAsync(commit.Id, cancellationToken))
            return;

        // Without its boundaries, or older commits would stay out of reach.
        TreeRemover.Remove(Folder);
        await EnsureAsync(remote, cancellationToken);
        var all = call with { Folder = Folder, Arguments = [.. fetch, "--", remote, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"] };
        (await GitProgram.RunAsync(all, cancellationToken)).OrThrow($"failed to fetch remote {remote}");
        if (!await HasAsync(commit.Id, cancellationToken))
            throw new Builds.BuildException($"failed to fetch remote {remote}: repository does not contain commit {commit.Id}");
    }

    private async Task<bool> HasAsync(string commit, CancellationToken cancellationToken) =>
        (await GitProgram.RunAsync(new GitRun(Folder, "cat-file", "-e", commit + "^{tree}"), cancellationToken)).ExitCode == 0;
}
