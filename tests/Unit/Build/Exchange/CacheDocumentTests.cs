using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Exchange;
using Boreal.Build.Solving;
using Boreal.Oci.Content;

namespace Boreal.Tests.Unit.Build.Exchange;

public sealed class CacheDocumentTests
{
    private static readonly DateTimeOffset Made = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Write_ThenRead_FindsEveryKeyOfEveryStep()
    {
        var (document, blobs) = CacheWriter.Write([Pair(Step("b", ["a"])), Pair(Step("a", [], "a1", "a2"))]);

        var steps = CacheReader.Read(document, blobs, new Nowhere()).OrderBy(step => step.Layer == Of("b")).ToList();

        Assert.Equal([Of("a"), Of("b")], steps.Select(step => step.Layer));
        Assert.Equal([Of("a1").Hex, Of("a2").Hex], steps[0].Keys.OrderBy(key => key == Of("a2").Hex));
        Assert.All(steps, step => Assert.Equal(Made, step.CreatedAt));
        Assert.Equal(Of("blob b"), steps[1].Blob.Digest);
    }

    [Fact]
    public void Write_SameStepsInAnotherOrder_AreTheSameBytes()
    {
        (ExportedStep, Descriptor)[] pairs = [Pair(Step("a", [], "a1", "a2")), Pair(Step("b", ["a"])), Pair(Step("c", ["a"]))];

        Assert.Equal(Text(CacheWriter.Write(pairs).Document), Text(CacheWriter.Write(pairs.Reverse()).Document));
    }

    /// <summary>As real BuildKit's reader wants it: parents by place, results by layer, records in order.</summary>
    [Fact]
    public void Write_TwoLayers_IsBuildKitsForm()
    {
        var (document, _) = CacheWriter.Write([Pair(Step("a", [])), Pair(Step("b", ["a"]))]);

        var records = new[] { ("a", 0), ("b", 1) }.OrderBy(record => Of(record.Item1).Value, StringComparer.Ordinal)
            .Select(record => $$"""{"layers":[{"layer":{{record.Item2}},"createdAt":"2026-01-02T03:04:05+00:00"}],"digest":"{{Of(record.Item1)}}"}""");
        Assert.Equal(
            $$"""{"layers":[{"blob":"{{Of("blob a")}}","parent":-1},{"blob":"{{Of("blob b")}}","parent":0}],"records":[{{string.Join(',', records)}}]}""",
            Text(document).Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Fact]
    public void WriteInline_OfAnImage_NamesItsOwnLayersOnly()
    {
        var text = CacheWriter.WriteInline([Step("a", []), Step("b", ["a"]), Step("other", [])], [Of("a"), Of("b")]);

        var steps = CacheReader.ReadInline(text, [Layer("a"), Layer("b")], new Nowhere());

        Assert.Equal([Of("a"), Of("b")], steps.Select(step => step.Layer).OrderBy(layer => layer == Of("b")));
    }

    [Fact]
    public void Read_StepsOfBuildKit_AreNone()
    {
        var document = $$"""{"layers":[{"blob":"{{Of("blob a")}}","parent":-1}],"records":[{"digest":"{{Of("x")}}"},{"layers":[{"layer":0,"createdAt":"2026-11-23T08:20:01.82713333Z"}],"digest":"{{Of("y")}}","inputs":[[{"link":0}],[{"selector":"sha256:1","link":0}]]}]}""";

        Assert.Empty(CacheReader.Read(Encoding.UTF8.GetBytes(document), [Layer("a")], new Nowhere()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"records\":[{}]}")]
    [InlineData("{\"layers\":[{\"blob\":1}]}")]
    public void Read_Malformed_IsTheCachesFault(string document) =>
        Assert.Contains("the cache of nowhere can't be read", Assert.Throws<BuildException>(() => CacheReader.Read(Encoding.UTF8.GetBytes(document), [], new Nowhere())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"records":[{"layers":[{"layer":7,"createdAt":"2026-01-01T00:00:00Z"}],"digest":"DIGEST"}]}""")]
    [InlineData("""{"layers":[{"blob":"unknown","parent":0}],"records":[{"layers":[{"layer":0,"createdAt":"2026-01-01T00:00:00Z"}],"digest":"DIGEST"}]}""")]
    [InlineData("""{"layers":[],"records":[{"layers":[{"layer":-1,"createdAt":"2026-01-01T00:00:00Z"}],"digest":"DIGEST"}]}""")]
    [InlineData("""{"layers":[],"records":[{"layers":[{"layer":0,"createdAt":"2026-01-01T00:00:00Z"}],"digest":"sha256:short"}]}""")]
    public void Read_StepsWhoseLayerIsNotThere_AreLeftOut(string document) =>
        Assert.Empty(CacheReader.Read(Encoding.UTF8.GetBytes(document.Replace("DIGEST", Of("k").Value, StringComparison.Ordinal)), [Layer("a")], new Nowhere()));

    private static Digest Of(string text) => Digest.OfSha256(Encoding.UTF8.GetBytes(text));

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    private static ExportedStep Step(string layer, string[] below, params string[] keys) => new()
    {
        Keys = [.. (keys.Length == 0 ? [layer] : keys).Select(key => Of(key).Hex)],
        Layer = new SolvedLayer(Of(layer), Made),
        Below = [.. below.Select(Of)],
    };

    private static (ExportedStep, Descriptor) Pair(ExportedStep step) =>
        (step, new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Names.Single(name => Of(name) == step.Layer.DiffId) is var own ? Of($"blob {own}") : default, Size = 1 });

    private static readonly string[] Names = ["a", "b", "c"];

    private static Descriptor Layer(string name) => new()
    {
        MediaType = MediaTypes.OciLayerGzip,
        Digest = Of($"blob {name}"),
        Size = 1,
        Annotations = new Dictionary<string, string> { [CacheReader.LayerAnnotation] = Of(name).Value },
    };

    private sealed class Nowhere : ILayerOrigin
    {
        public string Name => "nowhere";

        public Task<IDisposable> FetchAsync(Descriptor blob, Digest layer, CancellationToken cancellationToken) => throw new InvalidOperationException("nothing is fetched here");
    }
}
