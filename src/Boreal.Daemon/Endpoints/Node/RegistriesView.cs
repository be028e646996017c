using System.Net;
using Boreal.Api.Node;
using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>What <c>info</c> shows of the registries' settings.</summary>
internal static class RegistriesView
{
    public static InfoRegistries Of(RegistriesOptions options)
    {
        var networks = options.Insecure.Where(registry => IPNetwork.TryParse(registry, out _)).ToList();
        var known = new Dictionary<string, InfoRegistry> { ["docker.io"] = new() { Name = "docker.io", Mirrors = Mirrors(options), Secure = true, Official = true } };
        foreach (var registry in options.Insecure.Except(networks))
            known[registry] = new InfoRegistry { Name = registry, Mirrors = [] };
        return new InfoRegistries
        {
            InsecureRegistryCIDRs = [.. networks, "127.0.0.0/8"],
            IndexConfigs = known,
            Mirrors = options.Mirrors.Count == 0 ? null : Mirrors(options),
        };
    }

    private static IReadOnlyList<string> Mirrors(RegistriesOptions options) => [.. options.Mirrors.Select(mirror => mirror.TrimEnd('/') + "/")];
}
