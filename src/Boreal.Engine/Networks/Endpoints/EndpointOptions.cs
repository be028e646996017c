using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Endpoints;

/// <summary>The driver options of one container's endpoint: what its link is called, and kernel settings of it.</summary>
internal static class EndpointOptions
{
    private const string NameOption = "com.docker.network.endpoint.ifname";
    private const string SettingsOption = "com.docker.network.endpoint.sysctls";
    private const string NamePlace = "IFNAME";
    private const int LongestName = 15;

    /// <summary>Empty lets the engine choose.</summary>
    /// <exception cref="EngineException">Invalid: no link can have the name.</exception>
    public static string InterfaceName(EndpointSpec asked)
    {
        var name = Text(asked, NameOption);
        return name.Length <= LongestName && !name.AsSpan().ContainsAny("/: ") && name is not ("." or ".." or "lo")
            ? name
            : throw new EngineException(ErrorKind.Invalid, $"invalid interface name '{name}' for network {asked.Network}: 1 to {LongestName} characters, no slash, colon or space");
    }

    /// <summary>Files below /proc/sys and their values, from <c>net.ipv4.conf.IFNAME.log_martians=1,...</c>.</summary>
    /// <exception cref="EngineException">Invalid: a setting that is not about the endpoint's link.</exception>
    public static IEnumerable<(string File, string Value)> KernelSettings(EndpointSpec asked, string link)
    {
        foreach (var setting in Text(asked, SettingsOption).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            var parts = equals > 0 ? setting[..equals].Split('.') : [];
            // The place of the name is fixed, so that nothing but this link can be meant.
            if (parts is not ["net", "ipv4" or "ipv6" or "mpls", "conf" or "neigh" or "input", NamePlace, _] || parts[4].Contains('/', StringComparison.Ordinal))
                throw new EngineException(ErrorKind.Invalid, $"invalid endpoint sysctl setting '{setting}': net.<protocol>.<type>.{NamePlace}.<setting>=<value> is needed");
            yield return ($"/proc/sys/net/{parts[1]}/{parts[2]}/{link}/{parts[4]}", setting[(equals + 1)..]);
        }
    }

    private static string Text(EndpointSpec asked, string option) => asked.DriverOptions?.GetValueOrDefault(option) ?? "";
}
