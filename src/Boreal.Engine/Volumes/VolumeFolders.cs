using System.Security.Cryptography;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Volumes;

/// <summary>
/// One folder per volume with the content in <c>_data</c>. A removal first moves the folder out of sight, which is the
/// step that decides, and takes its time for the content afterwards.
/// </summary>
internal sealed class VolumeFolders
{
    private const string Removed = ".removed";
    private const uint PassOnly = 0x1C1; // 0701: who knows a name may pass, nobody may look around
    private const uint Open = 0x1ED; // 0755

    private readonly string _root;

    public VolumeFolders(string root)
    {
        _root = root;
        Directory.CreateDirectory(Path.Combine(root, Removed));
        using var folder = FileDescriptor.Open(root, OpenAt.DirectoryOnly);
        AttributesAt.SetMode(folder, PassOnly);
    }

    public string Of(string name) => Path.Combine(_root, name);

    public bool Exists(string name) => Directory.Exists(Path.Combine(Of(name), "_data"));

    /// <summary>Makes an empty volume; one that a killed creation left is taken over.</summary>
    public void Make(string name)
    {
        using var root = FileDescriptor.Open(_root, OpenAt.DirectoryOnly);
        Make(root, name, PassOnly);
        using var folder = OpenAt.OpenDirectory(root, name);
        Make(folder, "_data", Open);
    }

    /// <summary>The volume is no more once this returns; what it returns removes the content.</summary>
    public Action Discard(string name)
    {
        var grave = Path.Combine(_root, Removed, RandomNumberGenerator.GetHexString(16, lowercase: true));
        Directory.CreateDirectory(grave);
        if (Directory.Exists(Of(name)))
            Directory.Move(Of(name), Path.Combine(grave, name));
        return () => TreeRemover.Remove(grave);
    }

    /// <summary>Volumes whose removal was decided and cut short. Until <see cref="Burials"/> are done.</summary>
    public IReadOnlySet<string> Discarded() =>
        Directory.EnumerateDirectories(Path.Combine(_root, Removed)).SelectMany(Directory.EnumerateDirectories).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);

    /// <summary>What goes on where removals were cut short.</summary>
    public IEnumerable<Action> Burials() =>
        Directory.EnumerateDirectories(Path.Combine(_root, Removed)).Select(grave => (Action)(() => TreeRemover.Remove(grave))).ToList();

    /// <summary>Something on the host is mounted inside the volume: its content is not the volume's to remove.</summary>
    public string? MountInside(string name, string mountInfoPath = "/proc/self/mountinfo")
    {
        const int MountPointField = 4;
        var inside = Path.Combine(Of(name), "_data") + "/";
        return File.ReadLines(mountInfoPath).Select(line => line.Split(' ')[MountPointField]).FirstOrDefault(place => place.StartsWith(inside, StringComparison.Ordinal));
    }

    /// <summary>Names of all folders, whoever made them.</summary>
    public IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(_root).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.'));

    public bool IsEmpty(string name) => !Exists(name) || !Directory.EnumerateFileSystemEntries(Path.Combine(Of(name), "_data")).Any();

    public DateTimeOffset Made(string name) => Directory.GetCreationTimeUtc(Of(name));

    private static void Make(FileDescriptor parent, string name, uint mode)
    {
        var errno = NodeAt.TryMakeDirectory(parent, name, mode);
        if (errno == Errno.EEXIST)
            return;
        if (errno != 0)
            throw new LinuxException(errno, "mkdirat", name);
        AttributesAt.SetMode(parent, name, mode);
    }
}
