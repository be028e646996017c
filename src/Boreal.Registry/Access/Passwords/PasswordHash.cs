using System.Text.RegularExpressions;

namespace Boreal.Registry.Access.Passwords;

/// <summary>Bcrypt hashes as <c>htpasswd -B</c> writes them.</summary>
internal static partial class PasswordHash
{
    /// <summary>Bcrypt reads no further, so a longer password would be weaker than it looks.</summary>
    private const int LongestPassword = 72;

    private const int Cost = 10;

    /// <summary>Of no password: checked where a user does not exist, so that the answer takes as long as for one who does.</summary>
    public const string OfNobody = "$2b$10$C6UzMDM.H6dfI/f/IKcEeOvGLzFmTLD2a4xBcQeaZ2aYQJgGPtzHO";

    public static bool IsValid(string hash) => Bcrypt().IsMatch(hash);

    /// <exception cref="FormatException">The password is empty or longer than bcrypt can tell.</exception>
    public static string Create(string password)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(password) is 0 or > LongestPassword)
            throw new FormatException($"a password has 1 to {LongestPassword} bytes");
        return BCrypt.Net.BCrypt.HashPassword(password, Cost);
    }

    public static bool Matches(string password, string hash)
    {
        // A zero byte ends a password for some implementations and not for others.
        return !password.Contains('\0') && BCrypt.Net.BCrypt.Verify(password, hash);
    }

    [GeneratedRegex(@"\A\$2[abxy]?\$(0[4-9]|1[0-9])\$[./A-Za-z0-9]{53}\z")]
    private static partial Regex Bcrypt();
}
