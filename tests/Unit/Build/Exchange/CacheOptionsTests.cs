using Boreal.Build.Builds;
using Boreal.Build.Exchange;

namespace Boreal.Tests.Unit.Build.Exchange;

public sealed class CacheOptionsTests
{
    [Fact]
    public void Sources_NamedInEveryWay_AreEachOnce()
    {
        var request = new BuildRequest
        {
            Frontend = "dockerfile.v0",
            Attributes = new Dictionary<string, string>
            {
                ["cache-from"] = "one, two",
                ["cache-imports"] = """[{"Type":"registry","Attrs":{"ref":"two"}},{"Type":"local","Attrs":{"src":"/l","digest":"d"}}]""",
            },
            CacheImports = [new CacheSource("registry", new Dictionary<string, string> { ["ref"] = "three" })],
        };

        Assert.Equal(["three", "one", "two", "/l"], CacheImporter.SourcesOf(request).Select(source => source.Attributes.GetValueOrDefault("ref") ?? source.Attributes["src"]));
    }

    [Fact]
    public void Sources_MalformedList_IsTheRequestsFault() =>
        Assert.Throws<BuildException>(() => CacheImporter.SourcesOf(new BuildRequest { Frontend = "f", Attributes = new Dictionary<string, string> { ["cache-imports"] = "[" } }));

    [Theory]
    [InlineData("mode=max", true, true, true)]
    [InlineData("", false, true, true)]
    [InlineData("image-manifest=false", false, true, false)]
    [InlineData("oci-mediatypes=false", false, false, false)]
    public void Read_Options_AsNamed(string text, bool all, bool oci, bool manifest)
    {
        var options = Read(text);
        Assert.Equal((all, oci, manifest), (options.TakesAll, options.IsOci, options.IsManifest));
    }

    [Theory]
    [InlineData("mode=some")]
    [InlineData("compression=zstd")]
    [InlineData("ignore-error=perhaps")]
    public void Read_OptionThatIsNone_IsRefused(string text) => Assert.Throws<BuildException>(() => Read(text));

    private static CacheExportOptions Read(string text) => CacheExportOptions.Read(new CacheSource(
        "registry", text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1])));
}
