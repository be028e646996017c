using System.Globalization;
using System.Security.Cryptography;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Tests.Linux.Images;

/// <summary>A tree file by file: mode, owner, time, device, link target, attributes, content.</summary>
internal static class TreeListing
{
    /// <summary>One line per file, sorted by path. The root is left out: its time is when it was made.</summary>
    public static IReadOnlyList<string> Of(string root)
    {
        var lines = new List<string>();
        using var directory = FileDescriptor.Open(root, OpenAt.DirectoryOnly);
        Walk(directory, "", lines);
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static void Walk(FileDescriptor directory, string path, List<string> lines)
    {
        foreach (var name in DirectoryEntries.Names(directory))
        {
            lines.Add(Describe(directory, name, $"{path}/{name}"));
            if (!StatAt.Get(directory, name).IsDirectory)
                continue;
            using var child = OpenAt.OpenDirectory(directory, name);
            Walk(child, $"{path}/{name}", lines);
        }
    }

    private static string Describe(FileDescriptor directory, string name, string path)
    {
        var status = StatAt.Get(directory, name);
        var detail = status.Kind switch
        {
            FileKind.Regular => Content(directory, name),
            FileKind.SymbolicLink => "-> " + NodeAt.ReadLink(directory, name),
            FileKind.CharacterDevice or FileKind.BlockDevice => $"{status.DeviceMajor}:{status.DeviceMinor}",
            _ => "",
        };
        var links = status.IsDirectory ? 0 : status.Links;
        var attributes = string.Join(' ', ExtendedAttributes.List(directory, name).Order(StringComparer.Ordinal)
            .Select(key => key + "=" + Convert.ToHexStringLower(ExtendedAttributes.Get(directory, name, key) ?? [])));
        return string.Create(CultureInfo.InvariantCulture,
            $"{path} {Convert.ToString(status.Mode, 8)} {status.Uid}:{status.Gid} {status.Modified.Seconds}.{status.Modified.Nanoseconds} {links} {detail} {attributes}").TrimEnd();
    }

    private static string Content(FileDescriptor directory, string name)
    {
        using var file = OpenAt.Open(directory, name, OpenFlags.ReadOnly | OpenAt.NoFollow, ResolveFlags.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = file.TryRead(buffer)) > 0)
            hash.AppendData(buffer, 0, count);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
