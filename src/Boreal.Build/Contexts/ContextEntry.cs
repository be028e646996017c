using System.Buffers;
using System.Text;
using Boreal.BuildWire.Packets;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

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

    /// <summary>Out of a <c>Stat</c> message as it came; refuses what cannot be or leads elsewhere.</summary>
    public static ContextEntry Read(in ReadOnlySequence<byte> message)
    {
        ulong mode = 0, uid = 0, gid = 0, size = 0, modified = 0, major = 0, minor = 0;
        string path = "", target = "";
        Dictionary<string, ReadOnlyMemory<byte>>? attributes = null;
        var reader = new MessageReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2: path = CheckPath(reader.ReadSpan()); break;
                case (2 << 3) | 0: mode = reader.ReadNumber(); break;
                case (3 << 3) | 0: uid = reader.ReadNumber(); break;
                case (4 << 3) | 0: gid = reader.ReadNumber(); break;
                case (5 << 3) | 0: size = reader.ReadNumber(); break;
                case (6 << 3) | 0: modified = reader.ReadNumber(); break;
                case (7 << 3) | 2: target = CheckTarget(reader.ReadSpan()); break;
                case (8 << 3) | 0: major = reader.ReadNumber(); break;
                case (9 << 3) | 0: minor = reader.ReadNumber(); break;
                case (10 << 3) | 2: AddAttribute(attributes ??= [], reader.ReadBytes()); break;
                default: reader.Skip(tag); break;
            }
        }
        if (path.Length == 0)
            throw new ContextException("the client sent a path that cannot be one");
        var kind = GoMode.KindOf((uint)mode);
        if (kind is FileKind.Unknown or FileKind.Socket)
            throw new ContextException($"{path}: the client sent a file of an unknown kind (mode {mode:x})");
        if ((long)size < 0)
            throw new ContextException($"{path}: the client sent a size of {(long)size}");
        return new ContextEntry
        {
            Path = path,
            Kind = kind,
            Permissions = GoMode.PermissionsOf((uint)mode),
            Uid = (uint)uid,
            Gid = (uint)gid,
            Size = (long)size,
            Modified = ToTime((long)modified),
            Target = target,
            Device = ((uint)major, (uint)minor),
            Attributes = attributes ?? None,
        };
    }

    /// <summary>Not every file system keeps every attribute, and a build goes on without.</summary>
    public void SetAttributes(FileDescriptor parent, string name)
    {
        foreach (var (attribute, value) in Attributes)
            _ = ExtendedAttributes.TrySet(parent, name, attribute, value.Span);
    }

    /// <summary>As for a name; what the file had before and this does not name goes.</summary>
    public void SetAttributes(FileDescriptor file, bool isNew)
    {
        if (!isNew)
        {
            foreach (var left in ExtendedAttributes.List(file).Where(name => name != ContextDigest.Attribute && !Attributes.ContainsKey(name)))
                _ = ExtendedAttributes.TryRemove(file, left);
        }

        foreach (var (attribute, value) in Attributes)
            _ = ExtendedAttributes.TrySet(file, attribute, value.Span);
    }

    private static string CheckPath(ReadOnlySpan<byte> path)
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

    private static string CheckTarget(ReadOnlySpan<byte> target) => target.Length <= LongestPath && !target.Contains((byte)0)
        ? PathText.Decode(target)
        : throw new ContextException("the client sent a link that cannot be one");

    private static void AddAttribute(Dictionary<string, ReadOnlyMemory<byte>> attributes, in ReadOnlySequence<byte> message)
    {
        var name = "";
        byte[] value = [];
        var reader = new MessageReader(message);
        while (reader.TryReadTag(out var tag))
        {
            switch (tag)
            {
                case (1 << 3) | 2: name = Encoding.UTF8.GetString(reader.ReadSpan()); break;
                case (2 << 3) | 2: value = reader.ReadBytes().ToArray(); break;
                default: reader.Skip(tag); break;
            }
        }
        if (!IsKept(name, value))
            return;
        if (attributes.Count >= MostAttributes)
            throw new ContextException($"the client sent a file of more than {MostAttributes} extended attributes");
        attributes[name] = value;
    }

    // What others mean is this machine's: overlay's marks, labels of its security modules.
    private static bool IsKept(string name, byte[] value) =>
        (name.StartsWith("user.", StringComparison.Ordinal) || name is "security.capability" or "system.posix_acl_access" or "system.posix_acl_default")
        && name.Length <= LongestName && value.Length <= LargestAttribute;

    private static FileTime ToTime(long nanoseconds)
    {
        var seconds = Math.DivRem(nanoseconds, 1_000_000_000, out var rest);
        return rest < 0 ? new FileTime(seconds - 1, (uint)(rest + 1_000_000_000)) : new FileTime(seconds, (uint)rest);
    }
}
