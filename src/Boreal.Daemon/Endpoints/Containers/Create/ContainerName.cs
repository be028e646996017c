using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Names of containers: what is allowed, and one for who brings none.</summary>
internal static partial class ContainerName
{
    private static readonly string[] Qualities =
    [
        "amber", "ancient", "auroral", "bold", "bright", "brisk", "calm", "clear", "cosy", "crisp", "dawning", "deep", "distant", "eager",
        "early", "evergreen", "fair", "fleet", "fresh", "frosty", "gentle", "glacial", "golden", "hardy", "hidden", "humble", "icy", "keen",
        "kind", "lively", "lone", "lucid", "merry", "mild", "misty", "mossy", "nimble", "noble", "northern", "patient", "polar", "proud",
        "quick", "quiet", "rapid", "rugged", "serene", "silent", "silver", "snowy", "solid", "starry", "steady", "still", "swift", "tall",
        "tidy", "vast", "vivid", "wandering", "warm", "wild", "windy", "wise",
    ];

    private static readonly string[] Things =
    [
        "alder", "aspen", "aurora", "badger", "bay", "bear", "beaver", "birch", "bramble", "brook", "caribou", "cedar", "cliff", "cloud",
        "cove", "crane", "creek", "dale", "elk", "falcon", "fen", "fern", "finch", "fir", "fjord", "fox", "glacier", "glade", "grouse",
        "gull", "hare", "harbor", "hawk", "heath", "heron", "hill", "island", "juniper", "kestrel", "lake", "larch", "lichen", "lynx",
        "marten", "meadow", "moor", "moose", "moss", "mountain", "osprey", "otter", "owl", "pine", "plover", "puffin", "raven", "reef",
        "ridge", "river", "rowan", "sable", "salmon", "seal", "sparrow", "spruce", "stone", "summit", "swan", "taiga", "tarn", "tern",
        "thicket", "trout", "tundra", "valley", "walrus", "willow", "wolf", "wolverine", "wren",
    ];

    /// <summary>Strips Docker's leading slash; 400 for a name that is not allowed.</summary>
    public static string Parse(string text)
    {
        var name = text.StartsWith('/') ? text[1..] : text;
        return Allowed().IsMatch(name)
            ? name
            : throw new EngineException(ErrorKind.Invalid, $"Invalid container name ({text}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    /// <summary>Two words; after some tries that were taken, the fallback.</summary>
    public static string Choose(Func<string, bool> isTaken, string fallback)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var name = $"{Pick(Qualities)}_{Pick(Things)}";
            if (!isTaken(name))
                return name;
        }
        return fallback;
    }

    private static string Pick(string[] words) => words[RandomNumberGenerator.GetInt32(words.Length)];

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]+\\z")]
    private static partial Regex Allowed();
}
