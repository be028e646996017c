using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Routes;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Boreal.Tests.Functional.Ingress;

public sealed class CertificateTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private string _served = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HttpSettings Settings => new() { Certificate = Path.Combine(_folder.Path, "cert.pem"), Key = Path.Combine(_folder.Path, "key.pem") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Port_WithACertificate_SpeaksHttp2AndTellsTheBackend()
    {
        await using var lab = await IngressLab.StartAsync();
        Write("first");
        (lab.Settings, lab.AppProtocol) = (Settings, "https");
        await lab.AddAsync("a", context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Headers["X-Forwarded-Proto"]}"));
        await lab.ApplyReadyAsync();

        Assert.Equal("HTTP/1.1 https of 2.0", await AskAsync($"https://{lab.Published}/"));
        Assert.Equal("CN=first", _served);
    }

    [Fact]
    public async Task Grpc_ByTls_ReachesAnHttp2Backend()
    {
        await using var lab = await IngressLab.StartAsync();
        Write("first");
        (lab.Settings, lab.AppProtocol) = (Settings with { Protocol = "h2c" }, "https");
        await lab.AddAsync("a", context => context.Response.WriteAsync(context.Request.Protocol), HttpProtocols.Http2);
        await lab.ApplyReadyAsync();

        Assert.Equal("HTTP/2 of 2.0", await AskAsync($"https://{lab.Published}/"));
    }

    [Fact]
    public async Task Certificate_ThatIsRenewed_IsServedToNewConnections()
    {
        await using var lab = await IngressLab.StartAsync();
        Write("first");
        (lab.Settings, lab.AppProtocol) = (Settings, "https");
        await lab.AddAsync("a");
        await lab.ApplyReadyAsync();
        await AskAsync($"https://{lab.Published}/");

        Write("second");

        await Eventually.HoldsAsync(async () => await AskAsync($"https://{lab.Published}/") is "a of 2.0" && _served is "CN=second", "the second certificate is served");
    }

    [Fact]
    public async Task Route_WithACertificate_IsServedByNameAndOthersAreNot()
    {
        await using var lab = await IngressLab.StartAsync();
        Write("first");
        lab.Settings = Settings;
        var backend = await lab.AddAsync("a");
        await lab.RouteAsync("a/web", new HttpRoute { Hosts = ["localhost"] }, backend.As(BackendState.Ready));

        Assert.Equal("a of 2.0", await AskAsync($"https://localhost:{lab.Options.Https[0].Port}/"));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync($"https://{lab.Options.Https[0]}/"));
    }

    [Fact]
    public async Task Certificate_ThatIsMissing_IsNamed()
    {
        await using var lab = await IngressLab.StartAsync();
        (lab.Settings, lab.AppProtocol) = (Settings, "https");

        var failure = await Assert.ThrowsAsync<AppException>(() => lab.ApplyAsync());

        Assert.Contains("cert.pem", failure.Message, StringComparison.Ordinal);
    }

    private void Write(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(Settings.Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Settings.Certificate, certificate.ExportCertificatePem());
    }

    private async Task<string> AskAsync(string url)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            _served = certificate?.Subject ?? "";
            return certificate is not null;
        };
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20 };
        using var answer = await client.GetAsync(url, Cancelled);
        return $"{await answer.Content.ReadAsStringAsync(Cancelled)} of {answer.Version}";
    }
}
