using Boreal.Daemon.Configuration;
using Boreal.Registry.Access.Users;

namespace Boreal.Daemon.Registries;

/// <summary><c>boreald registry user add|rm|ls</c>: changes the user store where it lies, whether a registry runs on it or not.</summary>
internal static class UserVerbs
{
    private static readonly string[] Flags = ["data", "users", "right"];
    private static readonly string[] Switches = ["admin", "no-password"];

    /// <exception cref="ConfigurationException">It cannot be done; the message says why.</exception>
    public static int Run(IReadOnlyList<string> words, TextWriter output)
    {
        var line = VerbLine.Parse(words, Flags, Switches);
        var store = new UserStore(FileOf(line));
        try
        {
            return line.Arguments switch
            {
                ["add", var name] => Add(store, name, line),
                ["rm", var name] => store.Remove(name) ? 0 : throw new ConfigurationException($"no such user: {name}"),
                ["ls"] => List(store, output),
                _ => throw new ConfigurationException("say 'user add NAME', 'user rm NAME' or 'user ls'\nSee 'boreal registry --help'."),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }

    private static int Add(UserStore store, string name, VerbLine line)
    {
        var rights = line.All("right").ToList();
        if (line.Has("admin"))
            rights.Add("**:admin");
        var isEverybody = name == UserStore.Everybody;
        if (rights.Count == 0)
            rights.Add(isEverybody ? "**:pull" : UserStore.DefaultRight);
        store.Add(name, isEverybody || line.Has("no-password") ? null : PasswordPrompt.Read(), rights);
        return 0;
    }

    private static int List(UserStore store, TextWriter output)
    {
        var users = store.List();
        var width = users.Select(user => user.Name.Length).Append("USER".Length).Max() + 3;
        output.Write($"{"USER".PadRight(width)}RIGHTS\n");
        foreach (var (name, rights) in users)
            output.Write($"{name.PadRight(width)}{string.Join(' ', rights)}\n");
        return 0;
    }

    private static string FileOf(VerbLine line) =>
        line.Last("users") ?? Path.Combine(line.Last("data") ?? "/var/lib/boreal/registry", "access", "users.json");
}
