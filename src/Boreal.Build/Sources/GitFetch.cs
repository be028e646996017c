using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Engine.State;

namespace Boreal.Build.Sources;

/// <summary>Brings commits of repositories into trees.</summary>
internal sealed class GitFetch(NodePaths paths, GitMirrors mirrors)
{
    private const int ErrorStream = 2;

    /// <summary>The commit that the operation means now.</summary>
    /// <exception cref="BuildException">The repository cannot be asked, has no such name, or it is not the commit that was wanted.</exception>
    public async Task<GitCommit> ResolveAsync(GitOperation operation, IBuildClient client, BuildStep step, CancellationToken cancellationToken)
    {
        var (repository, checksum) = (operation.Repository, operation.Checksum);
        var wanted = GitRefs.IsCommit(checksum) && (repository.Ref.Length == 0 || repository.FetchesByCommit) ? checksum : repository.Ref;
        var commit = GitRefs.IsCommit(wanted) ? new GitCommit(wanted, wanted) : await AskAsync(repository, client, step, cancellationToken);
        return checksum.Length == 0 || GitRefs.Matches(checksum, commit)
            ? commit
            : throw new BuildException($"expected checksum to match {checksum}, got {commit.Id}");
    }

    /// <summary>Lays a commit out in an empty folder.</summary>
    /// <exception cref="BuildException">It cannot be had.</exception>
    public async Task CheckOutAsync(GitOperation operation, GitCommit commit, string target, (IBuildClient Client, BuildStep Step) build, CancellationToken cancellationToken)
    {
        var remote = RemoteOf(operation.Repository);
        await using var access = await GitAccess.OpenAsync(remote, build.Client, paths, cancellationToken);
        var call = new GitRun(paths.DataRoot) { Environment = access.Environment, Log = text => build.Step.Log(ErrorStream, text) };
        using var mirror = await mirrors.OpenAsync(remote, cancellationToken);
        await mirror.FetchAsync(remote, commit, call, cancellationToken);
        var checkout = new GitCheckout(mirror, mirror.Folder + ".checkout", call);
        await checkout.LayOutAsync(commit, operation.Repository with { Remote = remote }, operation.KeepsGitFolder, target, cancellationToken);
    }

    private async Task<GitCommit> AskAsync(GitReference repository, IBuildClient client, BuildStep step, CancellationToken cancellationToken)
    {
        var remote = RemoteOf(repository);
        await using var access = await GitAccess.OpenAsync(remote, client, paths, cancellationToken);
        var call = new GitRun(paths.DataRoot, ["ls-remote", "--symref", "--", remote, .. GitRefs.Patterns(repository.Ref)])
        {
            Environment = access.Environment,
            Log = text => step.Log(ErrorStream, text),
        };
        var doing = repository.Ref.Length == 0 ? "error fetching default branch for repository" : "failed to fetch remote";
        var listing = (await GitProgram.RunAsync(call, cancellationToken)).OrThrow($"{doing} {GitCheckout.WithoutSecrets(remote)}").Output;
        var commit = GitRefs.Find(listing, repository.Ref)
            ?? throw new BuildException($"repository does not contain ref {(repository.Ref.Length == 0 ? "HEAD" : repository.Ref)}, output: \"\"");
        step.Log(1, System.Text.Encoding.UTF8.GetBytes($"{commit.Id}\t{commit.Name}\n"));
        return commit;
    }

    private static string RemoteOf(GitReference repository) => repository.MayBeLocal ? $"https://{repository.Remote}" : repository.Remote;
}
