using Boreal.Daemon.Configuration;
using Boreal.Registry;
using Boreal.Registry.Access;
using Boreal.Registry.Hosting;

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
            MetricsElsewhere = host.MetricsAddress.Length > 0,
        };
    }
}
