namespace Boreal.Registry.Access.Passwords;

internal enum PasswordVerdict
{
    Right,
    Wrong,

    /// <summary>Too many checks are under way: ask again later.</summary>
    Busy,
}
