using Boreal.Registry.Routing;

namespace Boreal.Tests.Unit.Registry.Protocol;

public sealed class RegistryRouteTests
{
    [Theory]
    [InlineData("/v2", "Ping", "", "")]
    [InlineData("/v2/", "Ping", "", "")]
    [InlineData("/v2/_catalog", "Catalog", "", "")]
    [InlineData("/v2/_oci/ext/discover", "Discovery", "", "")]
    [InlineData("/v2/a/b/_oci/ext/discover", "Discovery", "a/b", "")]
    [InlineData("/v2/_boreal/gc", "Collection", "", "")]
    [InlineData("/v2/a/tags/list", "Tags", "a", "")]
    [InlineData("/v2/a/b/manifests/latest", "Manifest", "a/b", "latest")]
    [InlineData("/v2/a/blobs/sha256:1", "Blob", "a", "sha256:1")]
    [InlineData("/v2/a/blobs/uploads/", "Uploads", "a", "")]
    [InlineData("/v2/a/blobs/uploads", "Uploads", "a", "")]
    [InlineData("/v2/a/blobs/uploads/id", "Upload", "a", "id")]
    [InlineData("/v2/a/referrers/sha256:1", "Referrers", "a", "sha256:1")]
    [InlineData("/v2/manifests/manifests/manifests", "Manifest", "manifests", "manifests")]
    [InlineData("/v2/tags/list/tags/list", "Tags", "tags/list", "")]
    [InlineData("/v2/blobs/uploads/blobs/uploads/id", "Upload", "blobs/uploads", "id")]
    [InlineData("/v2/a/blobs/uploads/manifests/x", "Manifest", "a/blobs/uploads", "x")]
    public void Path_OfTheProtocol_IsReadFromItsEnd(string path, string kind, string name, string reference) =>
        Assert.Equal(new RegistryRoute(Enum.Parse<RouteKind>(kind), name, reference), RegistryRoute.Match(path));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1/a/manifests/b")]
    [InlineData("/v2x/a/manifests/b")]
    [InlineData("/v2/a")]
    [InlineData("/v2/manifests/latest")]
    [InlineData("/v2/a/other/b")]
    public void Path_OfNothing_HasNoRoute(string path) => Assert.Null(RegistryRoute.Match(path));
}
