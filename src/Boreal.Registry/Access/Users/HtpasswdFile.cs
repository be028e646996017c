using Boreal.Registry.Access.Passwords;

namespace Boreal.Registry.Access.Users;

/// <summary>Apache's password file, <c>name:hash</c> a line. Only bcrypt (<c>htpasswd -B</c>): the other hashes are broken.</summary>
internal static class HtpasswdFile
{
    /// <returns>Hashes by user name; of a name that comes twice the first counts, as with Apache.</returns>
    /// <exception cref="InvalidDataException">A line is not as it should be; the message names file and line.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path) => Parse(path, File.ReadLines(path));

    public static IReadOnlyDictionary<string, string> Parse(string path, IEnumerable<string> lines)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var raw in lines)
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = line.IndexOf(':');
            if (colon <= 0)
                throw new InvalidDataException($"{path}, line {number}: name:hash is needed");
            var (name, hash) = (line[..colon], line[(colon + 1)..]);
            if (!PasswordHash.IsValid(hash))
                throw new InvalidDataException($"{path}, line {number}: the password of {name} is not hashed with bcrypt, use htpasswd -B");
            hashes.TryAdd(name, hash);
        }
        return hashes;
    }
}
