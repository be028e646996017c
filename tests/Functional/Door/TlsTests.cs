using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Http;
using Boreal.Daemon.Listening;
using Boreal.Tests.TestKit.Machine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Door;

public sealed class TlsTests : IDisposable
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private readonly TemporaryDirectory _directory = new();
    private readonly X509Certificate2 _authority = CreateAuthority("CN=ours");

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Client_WithACertificateOfTheAuthority_IsServedAndMayFinishSending()
    {
        var port = FreePort.Find();
        using var server = await ServeAsync(port);
        using var certificate = Issue(_authority, "CN=client", ClientUse);

        Assert.EndsWith("hijacked: early, then more", await AskAsync(port, certificate), StringComparison.Ordinal);
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Client_WithoutACertificateOfTheAuthority_GetsNothing()
    {
        var port = FreePort.Find();
        using var server = await ServeAsync(port);
        using var strangers = CreateAuthority("CN=theirs");
        using var stranger = Issue(strangers, "CN=client", ClientUse);
        using var wrongUse = Issue(_authority, "CN=client", ServerUse);

        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(port, stranger));
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(port, wrongUse));
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(port, null));
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<DoorServer> ServeAsync(int port)
    {
        using var own = Issue(_authority, "CN=localhost", ServerUse);
        using var key = own.GetRSAPrivateKey() ?? throw new InvalidOperationException("the certificate was made with its key");
        await File.WriteAllTextAsync(_directory.File("ca.pem"), _authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_directory.File("cert.pem"), own.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_directory.File("key.pem"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        var options = new DaemonOptions
        {
            Hosts = [$"tcp://127.0.0.1:{port}"],
            Tls = new TlsOptions { Verify = true, CaCertificate = _directory.File("ca.pem"), Certificate = _directory.File("cert.pem"), Key = _directory.File("key.pem") },
        };
        var routes = new RouteTable();
        routes.Post("/hijack", async context =>
        {
            var client = await Hijack.AcceptAsync(context, multiplexed: false);
            await client.Stream.WriteAsync("hijacked: "u8.ToArray());
            await client.Stream.CopyToAsync(client.Stream);
            await client.Stream.WriteAsync(", then more"u8.ToArray());
            await client.CloseWriteAsync();
        });
        var server = new DoorServer(SocketOpener.Open(options), NullLoggerFactory.Instance);
        await server.StartAsync(new DoorApplication(routes, new RequestTally(TimeProvider.System), NullLogger<DoorApplication>.Instance), TestContext.Current.CancellationToken);
        return server;
    }

    private async Task<string> AskAsync(int port, X509Certificate2? certificate)
    {
        using var socket = new TcpClient("127.0.0.1", port);
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = certificate is null ? [] : [certificate],
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { _authority }, RevocationMode = X509RevocationMode.NoCheck },
            },
            TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /hijack HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nearly"), TestContext.Current.CancellationToken);
        await stream.ShutdownAsync();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return answer.Length > 0 ? answer : throw new EndOfStreamException("the server said nothing");
    }

    private static X509Certificate2 CreateAuthority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, string use)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(100), RandomNumberGenerator.GetBytes(8));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
