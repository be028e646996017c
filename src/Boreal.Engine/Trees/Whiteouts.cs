using Boreal.Engine.Errors;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Trees;

/// <summary>
/// The two spellings of "deleted here": <c>.wh.</c> names in a layer's tar, and overlayfs' 0/0 device and opaque
/// attribute on disk.
/// </summary>
internal static class Whiteouts
{
    public const string Prefix = ".wh.";
    public const string OpaqueName = ".wh..wh..opq";
    public const string OpaqueAttribute = "trusted.overlay.opaque";

    private const string AufsPrefix = ".wh..wh.";

    public static bool IsWhiteout(in FileStatus status) =>
        status is { Kind: FileKind.CharacterDevice, DeviceMajor: 0, DeviceMinor: 0 };

    public static bool IsOpaque(FileDescriptor parent, string name) =>
        ExtendedAttributes.Get(parent, name, OpaqueAttribute) is [(byte)'y'];

    /// <summary>Performs a whiteout entry; false when the name is an ordinary one.</summary>
    public static bool TryApply(FileDescriptor parent, string name, string path, (uint Uid, uint Gid) owner)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        if (name == OpaqueName)
            SetOpaque(parent, ".", path);
        else if (!name.StartsWith(AufsPrefix, StringComparison.Ordinal))
            Hide(parent, name[Prefix.Length..], path, owner);
        return true;
    }

    // A whiteout speaks of the layers below only: what this layer brings itself stays.
    private static void Hide(FileDescriptor parent, string name, string path, (uint Uid, uint Gid) owner)
    {
        if (name is "" or "." or "..")
            throw new EngineException(ErrorKind.Invalid, $"invalid whiteout \"{path}\"");

        var errno = NodeAt.TryMakeNode(parent, name, FileKind.CharacterDevice, 0, (0, 0));
        if (errno == Errno.EEXIST)
        {
            if (StatAt.Get(parent, name).IsDirectory)
                SetOpaque(parent, name, path);
            return;
        }

        if (errno != 0)
            throw new LinuxException(errno, "mknodat", path);
        AttributesAt.SetOwner(parent, name, owner.Uid, owner.Gid);
    }

    private static void SetOpaque(FileDescriptor parent, string name, string path)
    {
        var errno = ExtendedAttributes.TrySet(parent, name, OpaqueAttribute, "y"u8);
        if (errno != 0)
            throw new LinuxException(errno, "lsetxattr", path);
    }
}
