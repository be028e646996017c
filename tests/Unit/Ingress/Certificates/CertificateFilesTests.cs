using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Boreal.Ingress.Certificates;
using Boreal.Orchestrator.Errors;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Registries;
using Boreal.Tests.Unit.Registry.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Unit.Ingress.Certificates;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Current_FilesRenewed_AreTakenAfterSomeSeconds()
    {
        var first = Install();
        var files = Open();
        Assert.Equal(first, SerialOf(files));
        var second = Install();
        Assert.Equal(first, SerialOf(files));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(second, SerialOf(files));
    }

    [Fact]
    public void Current_FilesBroken_StaysAsItWas()
    {
        var first = Install();
        var files = Open();
        File.WriteAllText(_folder.File("cert.pem"), "nothing");
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(first, SerialOf(files));
    }

    [Fact]
    public void Open_KeyOfAnotherCertificate_IsRefused()
    {
        Install();
        using (var other = new CertificateAuthority())
            File.Copy(other.KeyPath, _folder.File("key.pem"), overwrite: true);
        Assert.Contains(_folder.File("key.pem"), Assert.Throws<AppException>(Open).Message, StringComparison.Ordinal);
    }

    private string Install()
    {
        using var authority = new CertificateAuthority();
        File.Copy(authority.CertificatePath, _folder.File("cert.pem"), overwrite: true);
        File.Copy(authority.KeyPath, _folder.File("key.pem"), overwrite: true);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(authority.CertificatePath);
        return certificate.SerialNumber;
    }

    private CertificateFiles Open() =>
        new(_folder.File("cert.pem"), _folder.File("key.pem"), [SslApplicationProtocol.Http11], _clock, NullLogger.Instance);

    private static string? SerialOf(CertificateFiles files) => files.Current.ServerCertificateContext?.TargetCertificate.SerialNumber;
}
