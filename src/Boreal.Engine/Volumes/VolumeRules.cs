using System.Text.RegularExpressions;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Volumes;

/// <summary>What a volume may be called and which options the local driver takes, in Docker's words.</summary>
public static partial class VolumeRules
{
    // It is a folder's name too.
    private const int LongestName = 255;

    // An option and those it makes no sense without.
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["device"] = ["type"],
        ["o"] = ["device", "type"],
        ["type"] = ["device"],
        ["size"] = [],
    };

    public static void CheckName(string name)
    {
        if (name.Length > LongestName)
            throw Invalid(name, $"volume name is too long, names should be at most {LongestName} characters");
        if (name.Length == 1)
            throw Invalid(name, "volume name is too short, names should be at least two alphanumeric characters");
        if (!Allowed().IsMatch(name))
            throw Invalid(name, $"\"{name}\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path");
    }

    public static void CheckDriver(string name, string driver)
    {
        if (driver is not ("" or VolumeRequest.LocalDriver))
            throw new EngineException(ErrorKind.NotFound, $"create {name}: error looking up volume plugin {driver}: plugin \"{driver}\" not found");
    }

    public static void CheckOptions(string name, IReadOnlyDictionary<string, string>? options)
    {
        if (options is null)
            return;
        foreach (var option in options.Keys)
        {
            if (!Required.ContainsKey(option))
                throw Invalid(name, $"invalid option: \"{option}\"");
        }

        foreach (var (option, needed) in Required.Where(rule => options.ContainsKey(rule.Key)))
        {
            if (Array.Find(needed, other => !options.ContainsKey(other)) is { } missing)
                throw Invalid(name, $"missing required option: \"{missing}\"");
        }

        if (options.ContainsKey("size"))
            throw Invalid(name, "quota size requested but no quota support");
    }

    private static EngineException Invalid(string name, string problem) => new(ErrorKind.Invalid, $"create {name}: {problem}");

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]+\\z")]
    private static partial Regex Allowed();
}
