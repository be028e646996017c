using System.Text.RegularExpressions;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Names of volumes, and the refusal of those that have one: this version keeps none.</summary>
internal static partial class VolumeRules
{
    public static EngineException NotYet(string name)
    {
        if (!Allowed().IsMatch(name))
            return new EngineException(ErrorKind.Invalid, name.Length < 2
                ? $"create {name}: volume name is too short, names should be at least two alphanumeric characters"
                : $"create {name}: \"{name}\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path");
        return new EngineException(ErrorKind.NotImplemented, $"volume {name}: named volumes are not part of this version, mount a host directory by its absolute path or use a tmpfs");
    }

    /// <summary>What a client is told that asked for an anonymous volume.</summary>
    public static string Warning(string path) =>
        $"Anonymous volumes are not part of this version: {path} is a plain directory of the container and goes with it";

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]+\\z")]
    private static partial Regex Allowed();
}
