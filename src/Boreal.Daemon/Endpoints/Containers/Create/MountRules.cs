using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>What a <c>--mount</c> may say, by type.</summary>
internal static class MountRules
{
    private static readonly ApiVersion MountsImages = new(1, 48);

    public static void Check(Wire.Mount mount, ApiVersion version)
    {
        CheckOptions(mount);
        if (Problem(mount, version) is { } problem)
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
        if (known && mount.ImageOptions is not null && mount.Type is not "image")
            throw Invalid($"ImageOptions must not be specified on mount type \"{mount.Type}\"");
        if (known && mount.TmpfsOptions is not null && mount.Type is not "tmpfs")
            throw Invalid($"TmpfsOptions must not be specified on mount type \"{mount.Type}\"");
    }

    private static string? Problem(Wire.Mount mount, ApiVersion version)
    {
        if (mount.Type is not ("bind" or "volume" or "tmpfs" or "image") || (mount.Type is "image" && version < MountsImages))
            return "mount type unknown";
        return TargetProblem(mount.Target ?? "") ?? mount.Type switch
        {
            "bind" => BindProblem(mount.Source ?? "", mount.BindOptions),
            "volume" => VolumeProblem(mount),
            "image" when string.IsNullOrEmpty(mount.Source) => "field Source must not be empty",
            "image" => SubpathProblem(mount.ImageOptions?.Subpath),
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

    private static string? VolumeProblem(Wire.Mount mount)
    {
        if (string.IsNullOrEmpty(mount.Source) && !string.IsNullOrEmpty(mount.VolumeOptions?.Subpath))
            return "must not set Subpath when using anonymous volumes";
        if (string.IsNullOrEmpty(mount.Source) && mount.ReadOnly)
            return "must not set ReadOnly mode when using anonymous volumes";
        return SubpathProblem(mount.VolumeOptions?.Subpath);
    }

    // By the text alone; links are followed inside the volume only when it is mounted.
    private static string? SubpathProblem(string? subpath)
    {
        if (string.IsNullOrEmpty(subpath))
            return null;
        var depth = 0;
        foreach (var part in subpath.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                break;
        }

        return depth < 0 || subpath.StartsWith('/') ? "subpath must be a relative path within the volume" : null;
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
