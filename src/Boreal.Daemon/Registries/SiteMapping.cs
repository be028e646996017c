using Boreal.Daemon.Configuration;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Registry;
using Boreal.Registry.Access;
using Boreal.Registry.Hosting;
using Boreal.Registry.Proxying;

namespace Boreal.Daemon.Registries;

/// <summary>From what the administrator set to what the registry takes.</summary>
internal static class SiteMapping
{
    public static SiteOptions Of(DaemonOptions options)
    {
        var host = options.Registry;
        return new SiteOptions
        {
            Registry = new RegistryOptions
            {
                DataRoot = host.Root,
                AllowDelete = host.AllowDelete,
                UploadTimeout = host.UploadTimeout,
                CollectionGrace = host.CollectionGrace,
                CollectionInterval = host.CollectionInterval,
            },
            Access = new AccessOptions
            {
                UserFile = host.Users,
                HtpasswdFile = host.Htpasswd.Length > 0 ? host.Htpasswd : null,
                KeyFolder = Path.Combine(host.Root, "access"),
                Scheme = host.Scheme,
                Issuer = host.TokenIssuer,
                Services = host.TokenServices,
                PublicUrl = host.PublicUrl,
                TokenLifetime = host.TokenLifetime,
            },
            Proxy = host.Upstream.Length > 0 ? ProxyOf(options) : null,
            MetricsElsewhere = host.MetricsAddress.Length > 0,
        };
    }

    private static ProxyOptions ProxyOf(DaemonOptions options) => new()
    {
        Upstream = options.Registry.Upstream,
        Hosts = new RegistryHostsOptions { InsecureRegistries = options.Registries.Insecure, ConfigDirectory = options.Registries.ConfigDirectory },
        Credentials = options.Registry.UpstreamCredentials.Length > 0 ? ReadCredentials(options.Registry.UpstreamCredentials) : null,
        TagAge = options.Registry.UpstreamTagAge,
    };

    private static RegistryCredentials ReadCredentials(string path)
    {
        try
        {
            var text = File.ReadAllText(path).TrimEnd('\r', '\n');
            var colon = text.IndexOf(':');
            return colon > 0
                ? new RegistryCredentials { Username = text[..colon], Password = text[(colon + 1)..] }
                : throw new ConfigurationException($"{path} must hold user:password");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"cannot read the upstream's credentials: {e.Message}", e);
        }
    }
}
