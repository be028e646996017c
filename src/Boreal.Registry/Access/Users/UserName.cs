namespace Boreal.Registry.Access.Users;

/// <summary>What a user can be called: no colon, which ends the name in basic authentication, and nothing unseen.</summary>
internal static class UserName
{
    private const int Longest = 128;

    /// <exception cref="FormatException">The name can't be used.</exception>
    public static void Check(string name)
    {
        if (name == UserStore.Everybody)
            throw new FormatException($"'{name}' stands for everybody and can be no user");
        if (name.Length is 0 or > Longest || name.Any(letter => letter is ':' or ' ' || char.IsControl(letter)))
            throw new FormatException($"'{name}' is no user name: 1 to {Longest} characters without colons, spaces and control characters");
    }
}
