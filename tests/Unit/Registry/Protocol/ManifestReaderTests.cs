using System.Text;
using Boreal.Oci.Content;
using Boreal.Registry.Errors;
using Boreal.Registry.Manifests;

namespace Boreal.Tests.Unit.Registry.Protocol;

public sealed class ManifestReaderTests
{
    private const string Hex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    [Fact]
    public void Image_WithEverything_IsTakenApart()
    {
        var document = Read(
            $$"""
            {"schemaVersion":2,"config":{"mediaType":"text/config","digest":"sha256:{{Hex}}","size":2},
            "layers":[{"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip","digest":"sha256:{{Hex}}","size":3,"data":"AA=="}],
            "subject":{"mediaType":"x","digest":"sha256:{{Hex}}","size":4},"annotations":{"a":"b"},"unknown":{"deep":[[]]} }
            """);

        Assert.Equal((MediaTypes.OciManifest, "text/config", "b"), (document.MediaType, document.ArtifactType, document.Annotations?["a"]));
        Assert.Equal([false, true], document.Blobs.Select(blob => blob.MayBeElsewhere));
        Assert.Equal(Hex, document.Subject?.Hex);
    }

    [Fact]
    public void Nesting_WithoutEnd_IsRefused() =>
        Assert.Equal(RegistryErrorCode.ManifestInvalid, Assert.Throws<RegistryException>(() => Read(new string('[', 100_000))).Code);

    [Fact]
    public void Index_WithoutType_IsKnownByItsManifests() =>
        Assert.Equal(MediaTypes.OciIndex, Read("""{"schemaVersion":2,"manifests":[]}""").MediaType);

    [Theory]
    [InlineData("""{"schemaVersion":2,"manifests":[],"config":{}}""")]
    [InlineData("""{"schemaVersion":"2","manifests":[]}""")]
    [InlineData("""{"schemaVersion":2.5,"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[],}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[]} x""")]
    [InlineData("""{"schemaVersion":2,"mediaType":1,"manifests":[]}""")]
    public void Document_ThatReadersCouldTakeDifferently_IsRefused(string text) =>
        Assert.Equal(RegistryErrorCode.ManifestInvalid, Assert.Throws<RegistryException>(() => Read(text)).Code);

    private static ManifestDocument Read(string text) => ManifestDocument.Parse(Encoding.UTF8.GetBytes(text), null);
}
