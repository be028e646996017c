using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Sockets;

/// <summary>The group that may connect to a unix socket, see lchown(2) and group(5).</summary>
public static partial class SocketGroup
{
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Gives the socket file to a group.</summary>
    public static void Set(string path, uint groupId)
    {
        if (Native.lchown(path, Unchanged, groupId) < 0)
            throw LinuxException.FromErrno("lchown", path);
    }

    /// <summary>The id of a group by name or number in the text of <c>/etc/group</c>; null when there is none.</summary>
    public static uint? Find(string group, string groupFile = "/etc/group")
    {
        if (uint.TryParse(group, out var number))
            return number;
        if (!File.Exists(groupFile))
            return null;
        foreach (var line in File.ReadLines(groupFile))
        {
            var fields = line.Split(':');
            if (fields.Length >= 3 && fields[0] == group && uint.TryParse(fields[2], out var id))
                return id;
        }
        return null;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int lchown(string path, uint owner, uint group);
    }
}
