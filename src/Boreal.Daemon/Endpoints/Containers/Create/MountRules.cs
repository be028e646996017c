using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>What a <c>--mount</c> may say, by type.</summary>
internal static class MountRules
{
    public static void Check(Wire.Mount mount)
    {
        CheckOptions(mount);
        if (Problem(mount) is { } problem)
            throw Invalid($"invalid mount config for type \"{mount.Type}\": {problem}");
    }

    /// <summary>Why a path can't be mounted on; null when it can.</summary>
    public static string? TargetProblem(string target)
    {
        if (target is "")
            return "field Target must not be empty";
        if (!target.StartsWith('/'))
            return $"invalid mount path: '{target}' mount path must be absolute";
        return PathNotation.Clean(target) is "/" ? "invalid specification: destination can't be '/'" : null;
    }

    private static void CheckOptions(Wire.Mount mount)
    {
        var known = mount.Type is "bind" or "volume" or "tmpfs" or "image";
        if (known && mount.BindOptions is not null && mount.Type is not "bind")
            throw Invalid($"BindOptions must not be specified on mount type \"{mount.Type}\"");
        if (known && mount.VolumeOptions is not null && mount.Type is not "volume")
            throw Invalid($"VolumeOptions must not be specified on mount type \"{mount.Type}\"");
        if (known && mount.TmpfsOptions is not null && mount.Type is not "tmpfs")
            throw Invalid($"TmpfsOptions must not be specified on mount type \"{mount.Type}\"");
    }

    private static string? Problem(Wire.Mount mount)
    {
        if (mount.Type is "image")
            throw new EngineException(ErrorKind.NotImplemented, "image mounts are not part of this version, copy the files into the container's image");
        if (mount.Type is not ("bind" or "volume" or "tmpfs"))
            return "mount type unknown";
        return TargetProblem(mount.Target ?? "") ?? mount.Type switch
        {
            "bind" => BindProblem(mount.Source ?? "", mount.BindOptions),
            "tmpfs" when !string.IsNullOrEmpty(mount.Source) => "field Source must not be specified",
            _ => null,
        };
    }

    private static string? BindProblem(string source, Wire.BindOptions? options)
    {
        if (source is "")
            return "field Source must not be empty";
        if (!source.StartsWith('/'))
            return $"invalid mount path: '{source}' mount path must be absolute";
        if (!string.IsNullOrEmpty(options?.Propagation) && !MountMode.IsPropagation(options.Propagation))
            return $"invalid propagation mode: {options.Propagation}";
        return options is { CreateMountpoint: true } || Path.Exists(source) ? null : $"bind source path does not exist: {source}";
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
