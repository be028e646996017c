namespace Boreal.Daemon.Configuration;

/// <summary>The flags as given. Written as dockerd's: <c>--name value</c>, <c>--name=value</c>, <c>-H value</c>, <c>-Hvalue</c>, <c>--switch[=false]</c>.</summary>
internal sealed record CommandLine
{
    private const string DefaultFile = "/etc/boreal/daemon.json";

    private readonly Dictionary<string, List<string>> _values = [];

    public bool WantsHelp { get; private set; }

    public bool WantsVersion { get; private set; }

    public bool OnlyValidates { get; private set; }

    public string ConfigurationFile { get; private set; } = DefaultFile;

    /// <summary>Whether a missing file is an error.</summary>
    public bool NamesConfigurationFile { get; private set; }

    /// <summary>Values by setting name.</summary>
    public IReadOnlyDictionary<string, List<string>> Given => _values;

    /// <summary>The settings that are flags here.</summary>
    private IReadOnlyDictionary<string, Setting> Table { get; init; } = Settings.ByName;

    public static CommandLine Parse(IReadOnlyList<string> arguments) => Parse(arguments, Settings.ByName);

    public static CommandLine Parse(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, Setting> table)
    {
        var line = new CommandLine { Table = table };
        for (var at = 0; at < arguments.Count;)
            at = line.Take(arguments, at);
        return line;
    }

    private int Take(IReadOnlyList<string> arguments, int at)
    {
        var argument = arguments[at];
        if (argument.Length < 2 || argument[0] != '-')
            throw Usage($"boreald accepts no arguments, but '{argument}' was given");
        var (name, value) = Split(argument);
        if (TakeOwn(name, value is null && at + 1 < arguments.Count ? arguments[at + 1] : value) is { } own)
            return at + (own && value is null ? 2 : 1);
        if (!Table.TryGetValue(name, out var setting))
            throw Usage($"unknown flag: {argument.Split('=')[0]}");

        var next = at + 1;
        if (value is null && setting.IsSwitch)
            value = "true";
        else if (value is null)
            value = next < arguments.Count ? arguments[next++] : throw Usage($"flag needs an argument: {argument}");
        if (!_values.TryGetValue(name, out var values))
            _values[name] = values = [];
        values.Add(value);
        return next;
    }

    /// <summary>The flags that are not settings. Null: not one of them; else whether its value was used.</summary>
    private bool? TakeOwn(string name, string? value)
    {
        switch (name)
        {
            case "help": WantsHelp = true; return false;
            case "version": WantsVersion = true; return false;
            case "validate": OnlyValidates = true; return false;
            case "config-file":
                ConfigurationFile = value ?? throw Usage("flag needs an argument: --config-file");
                NamesConfigurationFile = true;
                return true;
            default: return null;
        }
    }

    private (string Name, string? Value) Split(string argument)
    {
        if (argument.StartsWith("--", StringComparison.Ordinal))
        {
            var equals = argument.IndexOf('=');
            return equals < 0 ? (argument[2..], null) : (argument[2..equals], argument[(equals + 1)..]);
        }
        var rest = argument.Length > 2 ? argument[2..].TrimStart('=') : null;
        var name = argument[1] switch
        {
            'h' => "help",
            'v' => "version",
            var letter => Table.Values.FirstOrDefault(setting => setting.Short == letter)?.Name ?? throw Usage($"unknown shorthand flag: '{letter}' in {argument}"),
        };
        return (name, rest);
    }

    private static ConfigurationException Usage(string message) => new($"{message}\nSee 'boreald --help'.");
}
