using System.Collections.Frozen;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>The third part of <c>-v source:target:mode</c>: words of several kinds, at most one of each.</summary>
internal sealed record MountMode
{
    private static readonly FrozenSet<string> Propagations = FrozenSet.Create(StringComparer.Ordinal, "private", "rprivate", "slave", "rslave", "shared", "rshared");

    public bool IsReadOnly { get; private init; }

    public bool NoCopy { get; private init; }

    /// <summary>Empty when not named.</summary>
    public string Propagation { get; private init; } = "";

    public static bool IsPropagation(string word) => Propagations.Contains(word);

    /// <summary>Null when a word is unknown or two of one kind are given. An empty text is the default mode.</summary>
    public static MountMode? TryParse(string text)
    {
        var mode = new MountMode();
        if (text.Length == 0)
            return mode;
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in text.Split(','))
        {
            var kind = KindOf(word);
            if (kind is null || !kinds.Add(kind))
                return null;
            mode = kind switch
            {
                "access" => mode with { IsReadOnly = word is "ro" },
                "propagation" => mode with { Propagation = word },
                "copy" => mode with { NoCopy = true },
                _ => mode,
            };
        }
        return mode;
    }

    private static string? KindOf(string word) => word switch
    {
        "ro" or "rw" => "access",
        "z" or "Z" => "label",
        "nocopy" => "copy",
        "consistent" or "cached" or "delegated" => "consistency",
        _ => IsPropagation(word) ? "propagation" : null,
    };
}
