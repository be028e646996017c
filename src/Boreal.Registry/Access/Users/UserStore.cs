using Boreal.Registry.Access.Grants;
using Boreal.Registry.Access.Passwords;

namespace Boreal.Registry.Access.Users;

/// <summary>Changes the user file, one program at a time; a registry that runs takes the change within a second.</summary>
public sealed class UserStore(string path)
{
    /// <summary>Stands for everybody where a user's name stands.</summary>
    public const string Everybody = "anonymous";

    public const string DefaultRight = "**:pull,push";

    /// <summary>Names with their rights, in order; everybody last, when there is anything for them.</summary>
    /// <exception cref="InvalidDataException">The file is not what it should be.</exception>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Rights)> List()
    {
        var document = UserFile.Read(path);
        var users = document.Users.Select(user => (user.Key, user.Value.Rights)).ToList();
        if (document.Anonymous.Count > 0)
            users.Add((Everybody, document.Anonymous));
        return users;
    }

    /// <summary>Adds a user or replaces what is kept of one. Without a password it is another file's to know.</summary>
    /// <exception cref="FormatException">The name, the password or a right cannot be.</exception>
    public void Add(string name, string? password, IReadOnlyList<string> rights)
    {
        if (name != Everybody)
            UserName.Check(name);
        var canonical = rights.Select(right => Grant.Parse(right).ToString()).ToList();
        var hash = password is null ? null : PasswordHash.Create(password);
        Change(document =>
        {
            if (name == Everybody)
                return document with { Anonymous = canonical };
            document.Users[name] = new UserRecord { Password = hash, Rights = canonical };
            return document;
        });
    }

    /// <returns>False when there is no such user.</returns>
    public bool Remove(string name)
    {
        var found = false;
        Change(document =>
        {
            found = name == Everybody ? document.Anonymous.Count > 0 : document.Users.Remove(name);
            return name == Everybody ? document with { Anonymous = [] } : document;
        });
        return found;
    }

    private void Change(Func<UserDocument, UserDocument> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // FileShare.None is an advisory lock on the whole file, see flock(2).
        using var held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        UserFile.Write(path, change(UserFile.Read(path)));
    }
}
