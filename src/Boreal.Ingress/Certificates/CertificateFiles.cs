using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boreal.Orchestrator.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Ingress.Certificates;

/// <summary>A certificate with its key, of files. Renewed files are taken for new connections, when both fit together.</summary>
public sealed partial class CertificateFiles : ICertificateChoice
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly List<SslApplicationProtocol> _protocols;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _reading = new();
    private volatile Loaded _loaded;

    /// <summary>Reads them.</summary>
    /// <param name="certificate">The path of the certificate, PEM, with those between it and its root.</param>
    /// <param name="key">The path of its key, PEM.</param>
    /// <param name="protocols">What connections are offered, best first.</param>
    /// <param name="time">Tells when to look again.</param>
    /// <param name="logger">Is told of renewed files and of unusable ones.</param>
    /// <exception cref="AppException">The files cannot be used.</exception>
    public CertificateFiles(string certificate, string key, IReadOnlyList<SslApplicationProtocol> protocols, TimeProvider time, ILogger logger)
    {
        (Certificate, Key, _protocols, _time, _logger) = (certificate, key, [.. protocols], time, logger);
        try
        {
            _loaded = new Loaded(Read(), Stamp(), time.GetTimestamp());
        }
        catch (Exception exception) when (IsOrdinary(exception))
        {
            throw new AppException(AppErrorKind.Invalid, $"cannot use the certificate {certificate} with the key {key}: {exception.Message}", exception);
        }
    }

    /// <summary>The path of the certificate.</summary>
    public string Certificate { get; }

    /// <summary>The path of its key.</summary>
    public string Key { get; }

    /// <summary>For a new connection. Looks at the files once a second at most.</summary>
    public SslServerAuthenticationOptions Current
    {
        get
        {
            var loaded = _loaded;
            if (_time.GetElapsedTime(loaded.SeenAt) < LookEvery || !_reading.TryEnter()) return loaded.Options;
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

    SslServerAuthenticationOptions? ICertificateChoice.Find(string host) => Current;

    private static bool IsOrdinary(Exception exception) => exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException;

    private Loaded Look(Loaded loaded)
    {
        var (options, stamp) = (loaded.Options, Stamp());
        if (stamp != loaded.Stamp)
        {
            try
            {
                options = Read();
                Log.Renewed(_logger, Certificate);
            }
            catch (Exception exception) when (IsOrdinary(exception))
            {
                Log.Unusable(_logger, Certificate, exception.Message);
            }
        }
        return _loaded = new Loaded(options, stamp, _time.GetTimestamp());
    }

    private SslServerAuthenticationOptions Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Certificate);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(Certificate, Key), chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = _protocols,
        };
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(Certificate), File.GetLastWriteTimeUtc(Key));

    private sealed record Loaded(SslServerAuthenticationOptions Options, (DateTime, DateTime) Stamp, long SeenAt);

    private static partial class Log
    {
        [LoggerMessage(3210, LogLevel.Information, "renewed certificate taken from {Path}")]
        internal static partial void Renewed(ILogger logger, string path);

        [LoggerMessage(3211, LogLevel.Error, "the certificate stays as it was, {Path} cannot be used: {Reason}")]
        internal static partial void Unusable(ILogger logger, string path, string reason);
    }
}
