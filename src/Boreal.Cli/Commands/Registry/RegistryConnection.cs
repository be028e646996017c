using Boreal.Cli.Credentials;
using Boreal.Cli.Session;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Registry;

/// <summary>A registry as this program asks it, without an engine between: with the accounts of <c>boreal login</c>.</summary>
internal sealed class RegistryConnection : IDisposable
{
    /// <summary>Where <c>boreal registry serve</c> listens when it is not told.</summary>
    public const string Default = "127.0.0.1:5000";

    private const string ConfigDirectory = "/etc/boreal/certs.d";

    private readonly CliContext _context;

    public RegistryConnection(CliContext context, IReadOnlyList<string> insecure)
    {
        _context = context;
        var hosts = new RegistryHosts(new RegistryHostsOptions { ConfigDirectory = ConfigDirectory, InsecureRegistries = insecure });
        Client = new RegistryClient(hosts, new RegistryClientOptions { UserAgent = $"boreal/{ProductVersion.Text}" }, context.Clock);
    }

    public RegistryClient Client { get; }

    /// <summary>The account kept for a registry; null when there is none.</summary>
    public RegistryCredentials? CredentialsOf(string domain)
    {
        var key = RegistryKeys.OfServer(domain);
        return _context.Credentials.For(key).Find(key) is not { } auth ? null : new RegistryCredentials
        {
            Username = auth.UserName,
            Password = auth.Password,
            IdentityToken = auth.IdentityToken,
            RegistryToken = auth.RegistryToken,
        };
    }

    public Repository Open(ImageReference image) => Client.Open(image, CredentialsOf(image.Domain));

    public void Dispose() => Client.Dispose();
}
