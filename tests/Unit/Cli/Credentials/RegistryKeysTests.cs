using Boreal.Cli.Credentials;
using Boreal.Oci.References;

namespace Boreal.Tests.Unit.Cli.Credentials;

public sealed class RegistryKeysTests
{
    [Theory]
    [InlineData("", "https://index.docker.io/v1/")]
    [InlineData("docker.io", "https://index.docker.io/v1/")]
    [InlineData("https://index.docker.io/v1/", "https://index.docker.io/v1/")]
    [InlineData("registry.example.com", "registry.example.com")]
    [InlineData("https://registry.example.com:5000/v2/", "registry.example.com:5000")]
    [InlineData("http://localhost:5000", "localhost:5000")]
    public void OfServer_AsUsersWriteIt_IsDockersKey(string server, string key) => Assert.Equal(key, RegistryKeys.OfServer(server));

    [Theory]
    [InlineData("busybox", "https://index.docker.io/v1/")]
    [InlineData("team/web:1", "https://index.docker.io/v1/")]
    [InlineData("registry.example.com:5000/team/web:1", "registry.example.com:5000")]
    public void OfImage_ByItsRegistry_IsDockersKey(string image, string key) => Assert.Equal(key, RegistryKeys.OfImage(ImageReference.Parse(image)));
}
