using System.Globalization;
using System.Net;
using System.Net.Security;
using Boreal.Daemon.Configuration;
using Boreal.Ingress.Certificates;
using Boreal.Orchestrator.Errors;
using Boreal.Registry.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Boreal.Daemon.Registries;

/// <summary>A registry on its addresses: (1) its content is known and ours, (2) requests are served, until it is stopped and disposed.</summary>
internal sealed partial class HostedRegistry : IAsyncDisposable
{
    private readonly RegistrySite _site;
    private readonly RegistryServer _server;

    private HostedRegistry(RegistrySite site, RegistryServer server) => (_site, _server) = (site, server);

    /// <exception cref="ConfigurationException">It cannot be served as asked.</exception>
    public static async Task<HostedRegistry> StartAsync(DaemonOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<HostedRegistry>();
        RegistrySite? site = null;
        RegistryServer? server = null;
        try
        {
            site = new RegistrySite(SiteMapping.Of(options), clock, loggers);
            site.Start();                                                                             // (1)
            server = Build(options.Registry, site, clock, loggers);
            await server.StartAsync(cancellationToken);                                               // (2)
            Log.Listening(logger, string.Join(' ', server.Addresses), options.Registry.Root);
            if (site.IsOpen && options.Registry.Upstream.Length > 0)
                Log.OpenCache(logger, options.Registry.Upstream, options.Registry.Users);
            else if (site.IsOpen)
                Log.Open(logger, options.Registry.Users);
            else if (options.Registry is { Certificate.Length: 0, PublicUrl: null } && options.Registry.Addresses.Any(address => !IsLocal(address)))
                Log.Clear(logger);
            return new HostedRegistry(site, server);
        }
        catch (Exception e)
        {
            server?.Dispose();
            if (site is not null)
                await site.DisposeAsync();
            if (e is IOException or InvalidDataException or UnauthorizedAccessException)
                throw new ConfigurationException($"cannot serve a registry: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Accepts no more, lets requests finish until <paramref name="deadline"/>, then cuts them.</summary>
    public Task StopAsync(CancellationToken deadline) => _server.StopAsync(deadline);

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _site.DisposeAsync();
    }

    private static RegistryServer Build(RegistryHostOptions options, RegistrySite site, TimeProvider clock, ILoggerFactory loggers)
    {
        var certificate = options.Certificate.Length > 0 ? Open(options, clock, loggers) : null;
        return new RegistryServer(
            kestrel =>
            {
                foreach (var address in options.Addresses)
                    Listen(kestrel, address, listen => Secure(listen, certificate));
                if (options.MetricsAddress.Length > 0)
                    Listen(kestrel, options.MetricsAddress, MarkForMetrics);
            },
            context => context.Features.Get<MetricsOnly>() is null ? site.HandleAsync(context) : site.HandleMetricsAsync(context),
            loggers);
    }

    private static CertificateFiles Open(RegistryHostOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        try
        {
            return new CertificateFiles(options.Certificate, options.Key, [SslApplicationProtocol.Http11], clock, loggers.CreateLogger<CertificateFiles>());
        }
        catch (AppException exception)
        {
            throw new ConfigurationException(exception.Message, exception);
        }
    }

    private static void Secure(ListenOptions listen, CertificateFiles? certificate)
    {
        if (certificate is not null)
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Current) });
    }

    private static void MarkForMetrics(ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(new MetricsOnly());
        return next(connection);
    });

    private static void Listen(KestrelServerOptions kestrel, string address, Action<ListenOptions> configure)
    {
        var colon = address.LastIndexOf(':');
        var port = int.Parse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        switch (address[..colon])
        {
            case "":
                kestrel.ListenAnyIP(port, configure);
                break;
            case "localhost":
                kestrel.ListenLocalhost(port, configure);
                break;
            case var host:
                kestrel.Listen(IPAddress.Parse(host), port, configure);
                break;
        }
    }

    private static bool IsLocal(string address)
    {
        var host = address[..address.LastIndexOf(':')];
        return host == "localhost" || (host.Length > 0 && IPAddress.IsLoopback(IPAddress.Parse(host)));
    }

    /// <summary>Marks connections to the address that is for metrics.</summary>
    private sealed class MetricsOnly;

    private static partial class Log
    {
        [LoggerMessage(182, LogLevel.Information, "registry on {Addresses}, content in {Root}")]
        internal static partial void Listening(ILogger logger, string addresses, string root);

        [LoggerMessage(183, LogLevel.Warning, "the registry keeps no users: whoever reaches it may push and delete; boreal registry user add makes {Users}")]
        internal static partial void Open(ILogger logger, string users);

        [LoggerMessage(185, LogLevel.Warning, "passwords of the registry's users cross the network in the clear: use --tls-cert and --tls-key")]
        internal static partial void Clear(ILogger logger);

        [LoggerMessage(184, LogLevel.Warning, "the cache keeps no users: whoever reaches it gets what {Upstream} gives to its account; boreal registry user add makes {Users}")]
        internal static partial void OpenCache(ILogger logger, string upstream, string users);
    }
}
