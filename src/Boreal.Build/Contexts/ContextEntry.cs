using Boreal.Build.Protocol.Types;
using Boreal.Engine.Archives;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Google.Protobuf;

namespace Boreal.Build.Contexts;

/// <summary>A file, folder or link as its client described it, checked: its path leads nowhere but below the folder.</summary>
internal sealed record ContextEntry
{
    private const int LongestPath = 4095;
    private const int LongestName = 255;
    private const int MostAttributes = 64;
    private const int LargestAttribute = 64 * 1024;
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> None = [];

    public required string Path { get; init; }

    /// <summary>The folder's path, empty for the top.</summary>
    public ReadOnlySpan<char> Parent => Path.AsSpan(0, Math.Max(Slash, 0));

    public string Name => Slash < 0 ? Path : Path[(Slash + 1)..];

    public required FileKind Kind { get; init; }

    public required uint Permissions { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public required long Size { get; init; }

    public required FileTime Modified { get; init; }

    /// <summary>Where a symbolic link points; for anything else the path of the file it is another name of, or empty.</summary>
    public required string Target { get; init; }

    public required (uint Major, uint Minor) Device { get; init; }

    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attributes { get; init; }

    public bool IsHardLink => Kind is not (FileKind.SymbolicLink or FileKind.Directory) && Target.Length > 0;

    private int Slash => Path.LastIndexOf('/');

    public static ContextEntry Parse(Stat stat)
    {
        var path = Checked(stat.Path.Span);
        var kind = GoMode.KindOf(stat.Mode);
        if (kind is FileKind.Unknown or FileKind.Socket)
            throw new ContextException($"{path}: the client sent a file of an unknown kind (mode {stat.Mode:x})");
        if (stat.Size < 0)
            throw new ContextException($"{path}: the client sent a size of {stat.Size}");
        if (stat.Xattrs.Count > MostAttributes)
            throw new ContextException($"{path}: the client sent {stat.Xattrs.Count} extended attributes");
        if (stat.Linkname.Length > LongestPath)
            throw new ContextException($"{path}: the client sent a link of {stat.Linkname.Length} bytes");
        var target = PathText.Decode(stat.Linkname.Span);
        if (target.Contains('\0', StringComparison.Ordinal))
            throw new ContextException($"{path}: the client sent a link with a NUL in it");
        return new ContextEntry
        {
            Path = path,
            Kind = kind,
            Permissions = GoMode.PermissionsOf(stat.Mode),
            Uid = stat.Uid,
            Gid = stat.Gid,
            Size = stat.Size,
            Modified = ToTime(stat.ModTime),
            Target = target,
            Device = ((uint)stat.Devmajor, (uint)stat.Devminor),
            Attributes = stat.Xattrs.Count == 0 ? None : stat.Xattrs.Where(IsKept).ToDictionary(each => each.Key, each => each.Value.Memory),
        };
    }

    /// <summary>Not every file system keeps every attribute, and a build goes on without.</summary>
    public void SetAttributes(FileDescriptor parent, string name)
    {
        foreach (var (attribute, value) in Attributes)
            _ = ExtendedAttributes.TrySet(parent, name, attribute, value.Span);
    }

    private static string Checked(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path.Length > LongestPath || path.Contains((byte)0))
            throw new ContextException("the client sent a path that cannot be one");
        foreach (var range in path.Split((byte)'/'))
        {
            var name = path[range];
            if (name.IsEmpty || name.Length > LongestName || name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
                throw new ContextException($"the client sent the path {PathText.Decode(path)}, which is not a clean one below the folder");
        }
        return PathText.Decode(path);
    }

    // What others mean is this machine's: overlay's marks, labels of its security modules.
    private static bool IsKept(KeyValuePair<string, ByteString> attribute) =>
        (attribute.Key.StartsWith("user.", StringComparison.Ordinal) || attribute.Key is "security.capability" or "system.posix_acl_access" or "system.posix_acl_default")
        && attribute.Key.Length <= LongestName && attribute.Value.Length <= LargestAttribute;

    private static FileTime ToTime(long nanoseconds)
    {
        var seconds = Math.DivRem(nanoseconds, 1_000_000_000, out var rest);
        return rest < 0 ? new FileTime(seconds - 1, (uint)(rest + 1_000_000_000)) : new FileTime(seconds, (uint)rest);
    }
}
