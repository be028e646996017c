using Boreal.Engine.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Runtime.Users;

/// <summary>Turns <c>user[:group]</c> and extra groups into ids by an image's own account files, which are hostile input.</summary>
public static class UserLookup
{
    // An account file this large is an attack, not a database.
    private const int MaximumBytes = 4 << 20;

    private const long MaximumId = int.MaxValue;

    /// <exception cref="EngineException">A name is unknown or a number out of range, in Docker's words.</exception>
    public static ProcessUser Resolve(string rootfsPath, string user, IReadOnlyList<string>? additionalGroups)
    {
        var passwd = RootedFile.TryReadText(rootfsPath, "etc/passwd", MaximumBytes);
        var group = RootedFile.TryReadText(rootfsPath, "etc/group", MaximumBytes);
        return Resolve(user, additionalGroups, passwd ?? "", group ?? "");
    }

    /// <summary>As above, from the files' text.</summary>
    public static ProcessUser Resolve(string user, IReadOnlyList<string>? additionalGroups, string passwd, string group)
    {
        var parts = user.Split(':');
        var groupName = parts.Length > 1 ? parts[1] : "";
        var (uid, gid, name) = ResolveUser(parts[0], passwd);
        var gids = new List<uint>();
        if (groupName.Length > 0)
        {
            gid = ResolveGroup(groupName, group);
            gids.Add((uint)gid);
        }
        else
        {
            gids.Add((uint)gid);
            if (name is not null) gids.AddRange(AccountFile.Groups(group).Where(entry => entry.Members.Contains(name)).Select(entry => (uint)entry.Gid));
        }

        foreach (var additional in additionalGroups ?? []) gids.Add((uint)ResolveAdditional(additional, group));
        return new ProcessUser((uint)uid, (uint)gid, [.. gids.Distinct()]) { IsStranger = name is null && passwd.Length > 0 };
    }

    /// <summary>What an account file says of a user's name; null where it says nothing.</summary>
    public static (uint Uid, uint Gid)? FindUser(string rootfsPath, string name)
    {
        foreach (var user in AccountFile.Users(RootedFile.TryReadText(rootfsPath, "etc/passwd", MaximumBytes) ?? "").Where(user => user.Name == name))
            return ((uint)InRange(user.Uid), (uint)InRange(user.Gid));
        return null;
    }

    /// <summary>What an account file says of a group's name; null where it says nothing.</summary>
    public static uint? FindGroup(string rootfsPath, string name)
    {
        foreach (var group in AccountFile.Groups(RootedFile.TryReadText(rootfsPath, "etc/group", MaximumBytes) ?? "").Where(group => group.Name == name))
            return (uint)InRange(group.Gid);
        return null;
    }

    private static (long Uid, long Gid, string? Name) ResolveUser(string user, string passwd)
    {
        var isNumber = AccountFile.TryParseId(user, out var number);
        foreach (var entry in AccountFile.Users(passwd))
        {
            // A number is never taken for a name, and no user at all is uid 0.
            var matches = user.Length == 0 ? entry.Uid == 0 : isNumber ? entry.Uid == number : entry.Name == user;
            if (matches) return (InRange(entry.Uid), InRange(entry.Gid), entry.Name);
        }

        if (user.Length == 0) return (0, 0, null);
        if (!isNumber) throw new EngineException(ErrorKind.Internal, $"unable to find user {user}: no matching entries in passwd file");
        return (InRange(number), 0, null);
    }

    private static long ResolveGroup(string name, string group)
    {
        var isNumber = AccountFile.TryParseId(name, out var number);
        foreach (var entry in AccountFile.Groups(group))
        {
            if (isNumber ? entry.Gid == number : entry.Name == name) return InRange(entry.Gid);
        }

        return isNumber ? InRange(number) : throw new EngineException(ErrorKind.Internal, $"unable to find group {name}: no matching entries in group file");
    }

    private static long ResolveAdditional(string name, string group)
    {
        foreach (var entry in AccountFile.Groups(group))
        {
            if (entry.Name == name || entry.Gid.ToString() == name) return InRange(entry.Gid);
        }

        return AccountFile.TryParseId(name, out var number)
            ? InRange(number)
            : throw new EngineException(ErrorKind.Internal, $"Unable to find group {name}: no matching entries in group file");
    }

    private static long InRange(long id) =>
        id is >= 0 and <= MaximumId ? id : throw new EngineException(ErrorKind.Internal, $"uids and gids must be in range 0-{MaximumId}");
}
