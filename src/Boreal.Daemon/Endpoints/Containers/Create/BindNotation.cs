using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Docker's <c>-v</c>: <c>[source:]target[:mode]</c>. An absolute source is a bind mount, any other a named volume.</summary>
internal static class BindNotation
{
    /// <summary>Volumes that don't exist yet are to be made by <paramref name="driver"/>; empty is the default.</summary>
    public static MountPoint Parse(string text, string driver)
    {
        var (source, target, modeText) = Split(text);
        var mode = MountMode.TryParse(modeText) ?? throw Invalid($"invalid mode: {modeText}");
        var isBind = source.StartsWith('/');
        Check(text, isBind, target, mode);
        var destination = PathNotation.Clean(target);
        return isBind
            ? new MountPoint
            {
                Type = "bind",
                Source = PathNotation.Clean(source),
                Destination = destination,
                Mode = modeText,
                Writable = !mode.IsReadOnly,
                Propagation = mode.Propagation is "" ? "rprivate" : mode.Propagation,
            }
            : new MountPoint
            {
                Type = "volume",
                Name = source,
                Anonymous = source.Length == 0,
                Driver = driver,
                Destination = destination,
                Mode = modeText is "" ? MountMapping.DefaultVolumeMode : modeText,
                Writable = !mode.IsReadOnly,
                Copy = !mode.NoCopy,
            };
    }

    private static (string Source, string Target, string Mode) Split(string text)
    {
        var parts = text.Split(':');
        if (parts[0] is "" || parts.Length > 3)
            throw Invalid($"invalid volume specification: '{text}'");
        return parts switch
        {
            [var target] => ("", target, ""),
            // An anonymous volume takes no mode.
            [_, var mode] when mode is not "" && MountMode.TryParse(mode) is not null => throw Invalid($"invalid volume specification: '{text}'"),
            [var source, var target] => (source, target, ""),
            _ => (parts[0], parts[1], parts[2]),
        };
    }

    private static void Check(string text, bool isBind, string target, MountMode mode)
    {
        var problem = MountRules.TargetProblem(target);
        if (problem is null && isBind && mode.NoCopy)
            problem = "field VolumeOptions must not be specified";
        if (problem is null && !isBind && mode.Propagation is not "")
            problem = "field BindOptions must not be specified";
        if (problem is not null)
            throw Invalid($"invalid volume specification: '{text}': invalid mount config for type \"{(isBind ? "bind" : "volume")}\": {problem}");
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
