using System.Globalization;
using Boreal.Build.Builds;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Sources;

/// <summary>
/// Lays a commit out as files. It is done in a repository beside the tree, so that nothing that is not asked for is ever in the tree;
/// files get the commit's time, so that the same commit is the same to the last bit.
/// </summary>
internal sealed class GitCheckout(GitMirror mirror, string workshop, GitRun call)
{
    private const string GitFolder = ".git";

    /// <summary>The name that a mirror and a kept repository have the commit by.</summary>
    public static string RefOf(GitCommit commit) => commit.Name switch
    {
        ['r', 'e', 'f', 's', '/', 't', 'a', 'g', 's', '/', ..] => commit.Name,
        ['r', 'e', 'f', 's', '/', 'h', 'e', 'a', 'd', 's', '/', .. var branch] => $"refs/remotes/origin/{branch}",
        _ => $"refs/boreal/{commit.Id}",
    };

    /// <param name="commit">Is in the mirror.</param>
    /// <param name="repository">What of it is wanted.</param>
    /// <param name="keepsGitFolder">Whether <c>.git</c> stays.</param>
    /// <param name="target">An empty folder on the file system of the workshop.</param>
    /// <param name="cancellationToken">Stops in the middle.</param>
    /// <exception cref="BuildException">It cannot be laid out, or has not the folder that is wanted.</exception>
    public async Task LayOutAsync(GitCommit commit, GitReference repository, bool keepsGitFolder, string target, CancellationToken cancellationToken)
    {
        TreeRemover.Remove(workshop);
        Directory.CreateDirectory(workshop);
        try
        {
            await RunAsync("failed to init repo", cancellationToken, "init", "--quiet", "--template=", ".");
            await BorrowAsync(commit, repository.Remote, keepsGitFolder, cancellationToken);
            await RunAsync($"failed to checkout remote {repository.Remote}", cancellationToken, "checkout", "--quiet", "--force", "--detach", commit.Id);
            if (File.Exists(Path.Combine(workshop, ".gitmodules")) && (repository.Submodules ?? true))
                await RunAsync($"failed to update submodules for {repository.Remote}", cancellationToken, "submodule", "--quiet", "update", "--init", "--recursive", "--depth=1");
            var time = await TimeAsync(commit, cancellationToken);
            using var root = FileDescriptor.Open(workshop, OpenAt.DirectoryOnly);
            if (!keepsGitFolder)
                RemoveGitFolders(root, cancellationToken);
            using var tree = FileDescriptor.Open(target, OpenAt.DirectoryOnly);
            Move(root, repository.Folder, tree, keepsGitFolder);
            SetTimes(tree, time, cancellationToken);
        }
        finally
        {
            TreeRemover.Remove(workshop);
        }
    }

    // A repository that stays needs objects of its own; for another the mirror's are near.
    private async Task BorrowAsync(GitCommit commit, string remote, bool keepsGitFolder, CancellationToken cancellationToken)
    {
        await RunAsync("failed to add remote", cancellationToken, "remote", "add", "origin", WithoutSecrets(remote));
        if (keepsGitFolder)
        {
            var fetch = new GitRun(workshop, "fetch", "--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head", "--", $"file://{mirror.Folder}", $"+{RefOf(commit)}:{RefOf(commit)}") { ReadsLocalFolder = true };
            (await GitProgram.RunAsync(fetch, cancellationToken)).OrThrow($"failed to fetch remote {remote}");
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(workshop, GitFolder, "objects", "info", "alternates"), Path.Combine(mirror.Folder, "objects") + "\n", cancellationToken);
        var boundaries = Path.Combine(mirror.Folder, "shallow");
        if (File.Exists(boundaries))
            File.Copy(boundaries, Path.Combine(workshop, GitFolder, "shallow"));
    }

    private async Task<FileTime> TimeAsync(GitCommit commit, CancellationToken cancellationToken)
    {
        var shown = await GitProgram.RunAsync(new GitRun(workshop, "show", "--no-patch", "--format=%ct", commit.Id), cancellationToken);
        return new FileTime(long.TryParse(shown.Output.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0, 0);
    }

    private async Task RunAsync(string doing, CancellationToken cancellationToken, params string[] arguments) =>
        (await GitProgram.RunAsync(call with { Folder = workshop, Arguments = arguments }, cancellationToken)).OrThrow(doing);

    private static void RemoveGitFolders(FileDescriptor folder, CancellationToken cancellationToken)
    {
        foreach (var name in DirectoryEntries.Names(folder).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name == GitFolder)
            {
                TreeRemover.Remove(folder, name);
            }
            else if (StatAt.Get(folder, name).IsDirectory)
            {
                using var child = OpenAt.OpenDirectory(folder, name);
                RemoveGitFolders(child, cancellationToken);
            }
        }
    }

    private static void Move(FileDescriptor root, string folder, FileDescriptor target, bool keepsGitFolder)
    {
        using var wanted = OpenAt.TryOpen(root, folder.Length == 0 ? "." : folder, OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out var errno)
            ?? throw new BuildException($"invalid subdir /{folder}: failed to lstat \"{folder}\": statat {folder}: {(errno == Errno.ENOENT ? "no such file or directory" : "not a directory")}");
        foreach (var name in DirectoryEntries.Names(wanted))
            Move(wanted, name, target);
        if (keepsGitFolder && folder.Length > 0)
            Move(root, GitFolder, target);
    }

    private static void Move(FileDescriptor from, string name, FileDescriptor target)
    {
        var errno = NodeAt.TryRename(from, name, target, name);
        if (errno != 0)
            throw new LinuxException(errno, "renameat", name);
    }

    private static void SetTimes(FileDescriptor folder, FileTime time, CancellationToken cancellationToken)
    {
        foreach (var name in DirectoryEntries.Names(folder).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (StatAt.Get(folder, name).IsDirectory)
            {
                using var child = OpenAt.OpenDirectory(folder, name);
                SetTimes(child, time, cancellationToken);
            }

            AttributesAt.SetTimes(folder, name, null, time);
        }
    }

    /// <summary>What of an address may stay in files.</summary>
    public static string WithoutSecrets(string remote) =>
        Uri.TryCreate(remote, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length > 0
            ? address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped)
            : remote;
}
