using System.Globalization;
using System.Text;
using Boreal.Engine.Errors;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Archives;

/// <summary>User names of a container, read from its own files. Only so much is read: the files are the container's.</summary>
internal static class PasswordFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>Numbers of <c>user[:group]</c>, names or numbers.</summary>
    public static (uint Uid, uint Gid) Resolve(FileDescriptor root, string user)
    {
        var separator = user.IndexOf(':');
        var name = separator < 0 ? user : user[..separator];
        var entry = Lines(root, "etc/passwd").FirstOrDefault(fields => fields.Length > 3 && (fields[0] == name || fields[2] == name));
        var uid = Number(entry?[2]) ?? Number(name) ?? throw new EngineException(ErrorKind.Internal, $"unable to find user {name}: no matching entries in passwd file");
        if (separator < 0)
            return (uid, Number(entry?[3]) ?? 0);

        var group = user[(separator + 1)..];
        var found = Lines(root, "etc/group").FirstOrDefault(fields => fields.Length > 2 && (fields[0] == group || fields[2] == group));
        return (uid, Number(found?[2]) ?? Number(group) ?? throw new EngineException(ErrorKind.Internal, $"unable to find group {group}: no matching entries in group file"));
    }

    private static uint? Number(string? text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string[]> Lines(FileDescriptor root, string path)
    {
        using var file = OpenAt.TryOpen(root, path, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoTerminal, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, 0, out _);
        if (file is null || !StatAt.Get(file).IsRegular)
            return [];
        var buffer = new byte[LargestFile];
        var length = 0;
        int count;
        while (length < buffer.Length && (count = file.TryRead(buffer.AsSpan(length))) > 0)
            length += count;
        return Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Select(line => line.Split(':'));
    }
}
