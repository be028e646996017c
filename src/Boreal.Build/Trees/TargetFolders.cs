using Boreal.Build.Builds;
using Boreal.BuildWire.Paths;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>Folders of a tree that is being changed, made where they are missing.</summary>
internal static class TargetFolders
{
    public const uint UsualMode = 0x1ED; // 0755

    /// <summary>A folder by its path; each that is made gets the mode, the rules' owner and time.</summary>
    /// <returns>The folder, open, without links in its path.</returns>
    public static FileDescriptor Make(FileDescriptor root, string path, uint mode, CopyRules rules) => Make(root, path, mode, rules, out _);

    /// <summary>As above; tells whether the folder itself is a new one.</summary>
    public static FileDescriptor Make(FileDescriptor root, string path, uint mode, CopyRules rules, out bool isNew)
    {
        isNew = false;
        var folder = OpenAt.OpenDirectory(root, ".");
        try
        {
            var names = RootedPath.Resolve(root, path).Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var name in names)
            {
                var next = OpenOrMake(folder, name, path, (mode, rules), out isNew);
                folder.Dispose();
                folder = next;
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static FileDescriptor OpenOrMake(FileDescriptor folder, string name, string path, (uint Mode, CopyRules Rules) made, out bool isNew)
    {
        var (mode, rules) = made;
        var errno = NodeAt.TryMakeDirectory(folder, name, mode);
        isNew = errno == 0;
        if (isNew)
        {
            if (rules.Owner is { } owner)
                AttributesAt.SetOwner(folder, name, owner.Uid, owner.Gid);
            AttributesAt.SetMode(folder, name, mode);
            if (rules.Time is { } time)
                AttributesAt.SetTimes(folder, name, null, time);
        }
        else if (errno != Errno.EEXIST)
        {
            throw new LinuxException(errno, "mkdirat", path);
        }

        return OpenAt.TryOpen(folder, name, OpenAt.DirectoryOnly | OpenAt.NoFollow, ResolveFlags.None, 0, out _)
            ?? throw new BuildException($"mkdir {SlashPath.Clean(path)}: not a directory");
    }
}
