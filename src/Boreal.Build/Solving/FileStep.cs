using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Trees;
using Boreal.BuildWire.Paths;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Engine.Runtime.Users;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Solving;

/// <summary>Does the actions of a file operation in a tree. Blocks; runs no program.</summary>
internal sealed class FileStep(BuildLayers layers)
{
    /// <exception cref="BuildException">Files or accounts that the operation names are not there, or are in the way.</exception>
    public void Apply(FileOperation operation, StepInputs inputs, WorkTree tree, SolveScope scope, CancellationToken cancellationToken)
    {
        using var root = FileDescriptor.Open(tree.Path, OpenAt.DirectoryOnly);
        using var changes = tree.Changes is { } path ? FileDescriptor.Open(path, OpenAt.DirectoryOnly) : null;
        var target = new Target(root, tree.Path, changes, IsAlone: operation.Base is null);
        foreach (var action in operation.Actions)
        {
            try
            {
                Apply(action, inputs, target, cancellationToken);
            }
            catch (BuildException exception) when (exception.Step is null)
            {
                throw scope.Failure(operation, exception.Message, exception);
            }
            catch (Exception exception) when (exception is EngineException or LinuxException or IOException)
            {
                throw scope.Failure(operation, exception.Message, exception);
            }
        }
    }

    private void Apply(FileAction action, StepInputs inputs, Target tree, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case MakeDirectoryAction make:
                TargetFolders.Make(tree.Root, make.Path, (uint)make.Mode, new CopyRules { Owner = OwnerOf(make.Owner, tree.Path), Time = TimeOf(make.Created) }).Dispose();
                break;
            case WriteFileAction write:
                Write(write, tree.Root);
                break;
            case CopyAction copy:
                using (var source = SourceTree.Open(inputs.Of(copy.Source), layers))
                    Copy(copy, source, tree, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"{action.GetType().Name} is no action on files");
        }
    }

    private static void Copy(CopyAction copy, SourceTree source, Target tree, CancellationToken cancellationToken)
    {
        var root = tree.Root;
        var rules = new CopyRules
        {
            Owner = OwnerOf(copy.Owner, tree.Path),
            Mode = (uint?)copy.Mode,
            ModeChange = copy.ModeChange.Length > 0 ? new ModeChange(copy.ModeChange) : null,
        };
        using var copier = new SelectionCopier(rules);
        foreach (var each in CopySelection.Sources(copy, source.Root))
        {
            var isIntoFolder = copy.Destination.EndsWith('/') || copy.Destination.EndsWith("/.", StringComparison.Ordinal) || IsFolder(root, copy.Destination);
            var isContents = each.GivesContents(copy);
            var (folder, name) = isContents || isIntoFolder
                ? (copy.Destination, each.Name)
                : RootedPath.Split(RootedPath.Resolve(root, copy.Destination));
            // What a copy on its own makes on the way stands for folders of the tree that it will be put on.
            if (tree.IsAlone)
                TargetFolders.Make(root, isContents || isIntoFolder ? SlashPath.Directory(SlashPath.Clean(folder)) : folder, TargetFolders.UsualMode, new CopyRules()).Dispose();
            using var target = TargetFolders.Make(root, folder, TargetFolders.UsualMode, rules, out var isNew);
            if (copy.Unpacks && !each.IsFolder && TryUnpack(each, source, root, copy.Destination, cancellationToken))
                continue;
            var changes = tree.Changes is { } all ? new LayerChanges(all, RootedPath.Resolve(root, folder)) : null;
            using var past = isNew ? changes?.Open("") : null;
            copier.Begin(past ?? target, isContents ? null : name, past is null ? changes : null);
            CopySelection.Walk(copy, source.Root, each, copier, cancellationToken);
        }
    }

    // What an archive says of owners holds, also with an owner asked for: as Docker.
    private static bool TryUnpack(CopySource archive, SourceTree source, FileDescriptor root, string destination, CancellationToken cancellationToken)
    {
        var (folder, name) = RootedPath.Split(archive.Path);
        using var parent = RootedPath.OpenFolder(source.Root, folder == "." ? "" : folder);
        if (StatAt.Get(parent, name) is not { IsRegular: true })
            return false;
        using var file = OpenAt.Open(parent, name, OpenFlags.ReadOnly | OpenAt.NoFollow, ResolveFlags.None);
        var resolved = RootedPath.Resolve(root, destination);
        return TreeArchive.TryExtract($"/proc/self/fd/{file.Number}", root, resolved, owner: null, cancellationToken);
    }

    private static bool IsFolder(FileDescriptor root, string path)
    {
        var resolved = RootedPath.Resolve(root, path);
        return resolved.Length == 0 || StatAt.TryGet(root, resolved, out _) is { IsDirectory: true };
    }

    private static void Write(WriteFileAction write, FileDescriptor root)
    {
        var (folder, name) = RootedPath.Split(RootedPath.Resolve(root, write.Path));
        using var target = TargetFolders.Make(root, folder, TargetFolders.UsualMode, new CopyRules());
        var errno = NodeAt.TryUnlink(target, name);
        if (errno is not (0 or Errno.ENOENT))
            throw new LinuxException(errno, "unlinkat", write.Path);
        using var file = OpenAt.Open(target, name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, ResolveFlags.None, 0x180);
        file.WriteAll(System.Text.Encoding.UTF8.GetBytes(write.Content));
        AttributesAt.SetMode(file, (uint)write.Mode);
    }

    private static FileTime? TimeOf(DateTimeOffset? time) => time is { } known ? new FileTime(known.ToUnixTimeSeconds(), 0) : null;

    // Without a group a number is that group too, a name has the account's. As in BuildKit, who has no account is root.
    private static (uint Uid, uint Gid)? OwnerOf(FileOwner? owner, string rootPath)
    {
        if (owner is null)
            return null;
        var (uid, gid) = uint.TryParse(owner.User, out var number) ? (number, number) : UserLookup.FindUser(rootPath, owner.User) ?? (0, 0);
        if (owner.Group is { } group)
            gid = uint.TryParse(group, out var id) ? id : UserLookup.FindGroup(rootPath, group) ?? gid;
        return (uid, gid);
    }

    /// <param name="Root">The tree that is changed.</param>
    /// <param name="Path">Where it is.</param>
    /// <param name="Changes">Its changes by themselves; none for a tree that is nothing else.</param>
    /// <param name="IsAlone">It is going to be put on another.</param>
    private sealed record Target(FileDescriptor Root, string Path, FileDescriptor? Changes, bool IsAlone);
}
