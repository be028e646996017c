using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime;

/// <summary>The statically linked init that <c>--init</c> puts before the container's own program.</summary>
public static class InitProgram
{
    /// <summary>Where the container sees it.</summary>
    public const string ContainerPath = "/sbin/docker-init";

    // docker-init is tini under Docker's name. Dynamically linked inits are of no use in an image with another libc.
    private static readonly string[] Places =
    [
        "/usr/libexec/docker/docker-init", "/usr/local/libexec/docker/docker-init", "/usr/local/bin/docker-init", "/usr/bin/docker-init",
        "/usr/bin/tini-static", "/usr/libexec/podman/catatonit", "/usr/bin/catatonit",
    ];

    /// <summary>The init's path on the host.</summary>
    /// <exception cref="EngineException">None is installed.</exception>
    public static string Find(string configured)
    {
        if (configured.Length > 0)
            return File.Exists(configured) ? configured : throw new EngineException(ErrorKind.Invalid, $"the configured init {configured} does not exist: correct --init-path");
        return Places.FirstOrDefault(File.Exists)
            ?? throw new EngineException(ErrorKind.Invalid, "no init is installed for --init: install the package tini (it brings tini-static) or catatonit, or name one with boreald --init-path");
    }
}
