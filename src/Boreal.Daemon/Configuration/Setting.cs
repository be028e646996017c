namespace Boreal.Daemon.Configuration;

/// <summary>One thing that can be set, by a flag and by a key of the configuration file, named as dockerd's.</summary>
internal sealed record Setting(string Name, string Help, Func<DaemonOptions, IReadOnlyList<string>, DaemonOptions> Apply)
{
    public char? Short { get; init; }

    /// <summary>The key in the file; as the flag unless several values make a plural.</summary>
    public string Key { get; init; } = Name;

    /// <summary>What the flag takes, as shown in the help; empty for a switch.</summary>
    public string Value { get; init; } = "string";

    /// <summary>Whether the flag may be given several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>Whether the file has an object for it, which is read as it is.</summary>
    public bool IsDocument { get; init; }

    public bool IsSwitch => Value.Length == 0;
}
