using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Security;

/// <summary>The meaning of a list of <c>--security-opt</c>.</summary>
public sealed record SecurityOptions
{
    public bool NoNewPrivileges { get; init; }

    /// <summary>Null: the daemon's default. <c>unconfined</c>, <c>builtin</c> or a profile's JSON.</summary>
    public string? Seccomp { get; init; }

    /// <summary>Null: the daemon's default.</summary>
    public string? AppArmor { get; init; }

    /// <summary>Whether /sys/fs/cgroup can be written; null follows privileged.</summary>
    public bool? WritableCgroups { get; init; }

    /// <exception cref="EngineException">An option is unknown or malformed, in Docker's words.</exception>
    public static SecurityOptions Parse(IReadOnlyList<string>? options, bool noNewPrivileges)
    {
        var result = new SecurityOptions { NoNewPrivileges = noNewPrivileges };
        foreach (var option in options ?? [])
        {
            result = option switch
            {
                "no-new-privileges" => result with { NoNewPrivileges = true },
                "writable-cgroups" => result with { WritableCgroups = true },
                "disable" => result,
                _ => result.With(option),
            };
        }

        return result;
    }

    private SecurityOptions With(string option)
    {
        var separator = option.IndexOf('=');
        if (separator < 0) separator = option.IndexOf(':');
        if (separator < 0) throw Invalid(1, option);
        var value = option[(separator + 1)..];
        return option[..separator] switch
        {
            // Without SELinux there is nothing to label; Docker accepts it silently too.
            "label" => this,
            "apparmor" => this with { AppArmor = value },
            "seccomp" => this with { Seccomp = value },
            "no-new-privileges" => this with { NoNewPrivileges = ParseBool(value, option) },
            "writable-cgroups" => this with { WritableCgroups = ParseBool(value, option) },
            _ => throw Invalid(2, option),
        };
    }

    private static bool ParseBool(string value, string option) => value switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw Invalid(2, option),
    };

    private static EngineException Invalid(int place, string option) => new(ErrorKind.Internal, $"invalid --security-opt {place}: \"{option}\"");
}
