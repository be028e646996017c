using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Registries;

/// <summary>A certificate with its key. Renewed files are taken for new connections, when both fit together.</summary>
internal sealed partial class CertificateFiles
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _reading = new();
    private volatile Loaded _loaded;

    /// <exception cref="ConfigurationException">The files can't be used.</exception>
    public CertificateFiles(RegistryHostOptions options, TimeProvider clock, ILogger logger)
    {
        (_certificate, _key, _clock, _logger) = (options.Certificate, options.Key, clock, logger);
        try
        {
            _loaded = new Loaded(Read(), Stamp(), clock.GetTimestamp());
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"cannot use the TLS files {_certificate} and {_key}: {e.Message}", e);
        }
    }

    public SslServerAuthenticationOptions Current
    {
        get
        {
            var loaded = _loaded;
            if (_clock.GetElapsedTime(loaded.SeenAt) < LookEvery || !_reading.TryEnter())
                return loaded.Options;
            try
            {
                return Look(loaded).Options;
            }
            finally
            {
                _reading.Exit();
            }
        }
    }

    private Loaded Look(Loaded loaded)
    {
        var (options, stamp) = (loaded.Options, Stamp());
        if (stamp != loaded.Stamp)
        {
            try
            {
                options = Read();
                Log.Renewed(_logger, _certificate);
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                Log.Unusable(_logger, _certificate, e.Message);
            }
        }
        return _loaded = new Loaded(options, stamp, _clock.GetTimestamp());
    }

    private SslServerAuthenticationOptions Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificate);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(_certificate, _key), chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));

    private sealed record Loaded(SslServerAuthenticationOptions Options, (DateTime, DateTime) Stamp, long SeenAt);

    private static partial class Log
    {
        [LoggerMessage(180, LogLevel.Information, "renewed certificate taken from {Path}")]
        internal static partial void Renewed(ILogger logger, string path);

        [LoggerMessage(181, LogLevel.Error, "the certificate stays as it was, {Path} cannot be used: {Reason}")]
        internal static partial void Unusable(ILogger logger, string path, string reason);
    }
}
