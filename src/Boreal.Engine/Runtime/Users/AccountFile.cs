using System.Globalization;

namespace Boreal.Engine.Runtime.Users;

/// <summary>Reads passwd(5) and group(5), line by line, skipping comments and lines whose number is none.</summary>
internal static class AccountFile
{
    public static IEnumerable<UserEntry> Users(string text)
    {
        foreach (var fields in Lines(text))
        {
            if (fields.Length < 3 || !TryParseId(fields[2], out var uid)) continue;
            var gid = fields.Length > 3 && TryParseId(fields[3], out var parsed) ? parsed : 0;
            yield return new UserEntry(fields[0], uid, gid);
        }
    }

    public static IEnumerable<GroupEntry> Groups(string text)
    {
        foreach (var fields in Lines(text))
        {
            if (fields.Length < 3 || !TryParseId(fields[2], out var gid)) continue;
            yield return new GroupEntry(fields[0], gid, fields.Length > 3 ? fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries) : []);
        }
    }

    public static bool TryParseId(string text, out long id) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id);

    private static IEnumerable<string[]> Lines(string text)
    {
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length > 0 && line[0] != '#') yield return line.Split(':');
        }
    }
}
