using Boreal.Build.Builds;
using Boreal.Build.Packaging;
using Boreal.Oci.Content;

namespace Boreal.Tests.Unit.Build.Packaging;

public sealed class PackageFormatTests
{
    [Fact]
    public void Annotations_OfEveryPlace_GoWhereTheyBelong()
    {
        var format = Read("image", ("annotation.a", "1"), ("annotation-manifest[linux/arm64].b", "2"), ("annotation-index.c.d", "3"), ("annotation-manifest-descriptor.e", "4"));
        Assert.Equal(["a=1", "b=2"], Text(format.Annotations("manifest", "linux/arm64")));
        Assert.Equal(["a=1"], Text(format.Annotations("manifest", "linux/amd64")));
        Assert.Equal(["c.d=3"], Text(format.Annotations("index")));
        Assert.Equal(["e=4"], Text(format.Annotations("manifest-descriptor", "linux/amd64")));
        Assert.Null(format.Annotations("index-descriptor"));
    }

    [Fact]
    public void MediaTypes_WithoutAReason_AreDockers() =>
        Assert.Equal((MediaTypes.DockerManifest, MediaTypes.DockerManifestList, MediaTypes.DockerLayerGzip), (Read("image").ManifestType, Read("image").IndexType, Read("image").LayerType(MediaTypes.OciLayerGzip)));

    [Theory]
    [InlineData("oci", "name", "x")]
    [InlineData("image", "oci-mediatypes", "true")]
    [InlineData("image", "annotation.a", "b")]
    public void MediaTypes_WhereTheImageSpecIsAskedFor_AreItsOwn(string kind, string name, string value) =>
        Assert.Equal((MediaTypes.OciManifest, MediaTypes.OciLayerGzip), (Read(kind, (name, value)).ManifestType, Read(kind, (name, value)).LayerType(MediaTypes.DockerLayerGzip)));

    [Fact]
    public void Read_CompressionThatIsNotToBeHad_IsRefused() => Assert.Throws<BuildException>(() => Read("image", ("compression", "estargz")));

    [Fact]
    public void Flag_ThatIsNone_IsRefused() => Assert.Throws<BuildException>(() => Read("image", ("oci-mediatypes", "perhaps")));

    private static PackageFormat Read(string kind, params (string Name, string Value)[] attributes) =>
        PackageFormat.Read(new ExportRequest(kind, attributes.ToDictionary(pair => pair.Name, pair => pair.Value), 0));

    private static IEnumerable<string> Text(IReadOnlyDictionary<string, string>? annotations) => annotations?.Select(pair => $"{pair.Key}={pair.Value}") ?? [];
}
