using Boreal.Oci.References;

namespace Boreal.Cli.Credentials;

/// <summary>The names credentials are kept under: a registry's host and port, and for Docker Hub the address it once had.</summary>
internal static class RegistryKeys
{
    public const string Hub = "https://index.docker.io/v1/";

    /// <summary>The key of what a user names at login; nothing is Docker Hub.</summary>
    public static string OfServer(string server) => server is "" or ImageReference.DefaultDomain or Hub ? Hub : HostOf(server);

    public static string OfImage(ImageReference image) => image.Domain is ImageReference.DefaultDomain ? Hub : image.Domain;

    /// <summary>An address without its scheme and path.</summary>
    public static string HostOf(string address)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["http://", "https://"])
        {
            if (address.StartsWith(scheme, StringComparison.Ordinal)) address = address[scheme.Length..];
        }

        var slash = address.IndexOf('/');
        return slash < 0 ? address : address[..slash];
    }
}
