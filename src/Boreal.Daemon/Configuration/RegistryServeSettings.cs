using System.Collections.Frozen;

namespace Boreal.Daemon.Configuration;

/// <summary>What <c>boreald registry serve</c> takes: the registry's settings without their prefix, and some of the daemon's own.</summary>
internal static class RegistryServeSettings
{
    private static readonly string[] OfTheDaemon = ["debug", "insecure-registry", "log-format", "log-level", "registry-config-dir", "shutdown-timeout"];

    public static IReadOnlyList<Setting> All { get; } =
    [
        .. RegistrySettings.All.Select(setting => setting with { Name = NameOf(setting.Name), Help = setting.Help.Replace("<data-root>/registry", "/var/lib/boreal/registry").Replace("<registry-root>", "<data>") }),
        .. Settings.All.Where(setting => OfTheDaemon.Contains(setting.Name)).Select(setting => setting with { Short = null }),
    ];

    public static FrozenDictionary<string, Setting> ByName { get; } = All.ToFrozenDictionary(setting => setting.Name);

    private static string NameOf(string name) => name == RegistrySettings.Prefix + "root" ? "data" : name[RegistrySettings.Prefix.Length..];
}
