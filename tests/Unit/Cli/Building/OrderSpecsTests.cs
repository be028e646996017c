using Boreal.Cli.Building.Offers;
using Boreal.Cli.Building.Orders;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Cli.Building;

/// <summary>Values of options.</summary>
public sealed class OrderSpecsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("out", "local", "out", "", true)]
    [InlineData("-", "tar", "-", "", false)]
    [InlineData("type=local,dest=a b", "local", "a b", "", true)]
    [InlineData("type=tar", "tar", "-", "", false)]
    [InlineData("type=tar,dest=x.tar", "tar", "x.tar", "", false)]
    [InlineData("type=docker", "moby", null, "name=docker.io/library/web:1", false)]
    [InlineData("type=docker,dest=x.tar", "docker", "x.tar", "name=docker.io/library/web:1", false)]
    [InlineData("type=oci,dest=x,tar=false", "oci", "x", "name=docker.io/library/web:1 tar=false", true)]
    [InlineData("type=image,name=other", "moby", null, "name=other", false)]
    public void Output_OfEachForm_IsUnderstood(string text, string type, string? destination, string attributes, bool isFolder)
    {
        var export = Assert.Single(ExportSpecs.Read([text], load: false, push: false, ["web:1"], []));
        Assert.Equal((type, destination, isFolder), (export.Type, export.Destination, export.IsFolder));
        Assert.Equal(attributes, string.Join(' ', export.Attributes.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("", "invalid empty output: name a folder or a type")]
    [InlineData("dest=x", "type is required for output")]
    [InlineData("type=local", "dest is required for local exporter")]
    [InlineData("type=registry", "tag is needed when pushing to registry")]
    [InlineData("type=local,oops", "invalid value oops: outputs are written as type=local,dest=path")]
    public void Output_ThatMakesNoSense_IsRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ExportSpecs.Read([text], load: false, push: false, [], [])).Message);

    [Fact]
    public void Output_ByDefault_IsAnImageOfTheDaemon()
    {
        var export = Assert.Single(ExportSpecs.Read([], load: false, push: false, ["a", "b:2"], ["index:k=v", "x=y"]));
        Assert.Equal("moby", export.Type);
        Assert.Equal("docker.io/library/a,docker.io/library/b:2", export.Attributes["name"]);
        Assert.Equal(("v", "y"), (export.Attributes["annotation-index.k"], export.Attributes["annotation.x"]));
        Assert.False(export.IsPushed);
    }

    [Theory]
    [InlineData(false, true, "")]
    [InlineData(true, true, "")]
    [InlineData(false, true, "type=image")]
    [InlineData(false, false, "type=registry")]
    public void Output_ThatIsPushed_IsOneImage(bool load, bool push, string output)
    {
        var exports = ExportSpecs.Read(output.Length > 0 ? [output] : [], load, push, ["a"], []);
        Assert.Equal("moby", Assert.Single(exports, export => export.IsPushed).Type);
        Assert.DoesNotContain(exports, export => export.Attributes.ContainsKey("push"));
    }

    [Fact]
    public void Output_OfABadTag_IsRefused() => Assert.Equal(
        "invalid tag \"UPPER\": invalid reference format: repository name (library/UPPER) must be lowercase",
        Assert.Throws<FormatException>(() => ExportSpecs.Read([], load: false, push: false, ["UPPER"], [])).Message);

    [Theory]
    [InlineData("user/app:cache", "registry", "ref=user/app:cache")]
    [InlineData("type=local,src=path", "local", "src=path")]
    [InlineData("type=registry,ref=a,mode=max", "registry", "mode=max ref=a")]
    [InlineData("type=inline", "inline", "")]
    public void Cache_OfEachForm_IsUnderstood(string text, string type, string attributes)
    {
        var cache = CacheSpecs.Parse(text);
        Assert.Equal(type, cache.Type);
        Assert.Equal(attributes, string.Join(' ', cache.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Cache_OfAnUnknownType_IsRefused() => Assert.Throws<FormatException>(() => CacheSpecs.Parse("type=disk"));

    [Fact]
    public void Secret_OfAFile_IsReadWhenAsked()
    {
        File.WriteAllText(_directory.File("token"), "t");
        var (id, source) = SecretSpecs.Parse($"id=a,src={_directory.File("token")}");
        File.WriteAllText(_directory.File("token"), "later");
        Assert.Equal(("a", "later"), (id, System.Text.Encoding.UTF8.GetString(source.Read())));
    }

    [Theory]
    [InlineData("id=HOME", "HOME")]
    [InlineData("id=x,env=HOME", "HOME")]
    [InlineData("type=env,id=x,src=HOME", "HOME")]
    public void Secret_OfAVariable_IsItsValue(string text, string variable)
    {
        var (_, source) = SecretSpecs.Parse(text);
        Assert.Equal((null, variable), (source.Path, source.Variable));
        Assert.Equal(Environment.GetEnvironmentVariable(variable), System.Text.Encoding.UTF8.GetString(source.Read()));
    }

    [Theory]
    [InlineData("src=x", "secret 'src=x' has no id: write id=NAME")]
    [InlineData("id=a,src=/none/here", "failed to stat /none/here: stat /none/here: no such file or directory")]
    [InlineData("id=a,sorce=x", "unexpected key 'sorce' in 'sorce=x'")]
    [InlineData("id=a,type=x", "unsupported secret type \"x\"")]
    [InlineData("id", "invalid field 'id' must be a key=value pair")]
    public void Secret_ThatMakesNoSense_IsRefused(string text, string message) => Assert.Equal(message, Assert.Throws<FormatException>(() => SecretSpecs.Parse(text)).Message);

    [Fact]
    public void Agent_OfKeys_NeedsOneStarted()
    {
        File.WriteAllText(_directory.File("one"), "key");
        File.WriteAllText(_directory.File("two"), "key");
        var offer = new BuildOffer();
        AgentSpecs.Add(offer, $"work={_directory.File("one")},{_directory.File("two")}");
        Assert.Equal([_directory.File("one"), _directory.File("two")], offer.Keys["work"]);
        Assert.Empty(offer.Agents);
    }

    [Theory]
    [InlineData("=x", "invalid value '=x': an agent has a name, such as default")]
    [InlineData("default=/none/here", "failed to open /none/here: no such file or directory")]
    [InlineData("default=", "invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set")]
    public void Agent_ThatIsNotThere_IsRefused(string text, string message) => Assert.Equal(message, Assert.Throws<FormatException>(() => AgentSpecs.Add(new BuildOffer(), text)).Message);

    [Theory]
    [InlineData("https://example.com/x.tar", true)]
    [InlineData("git@example.com:a/b.git", true)]
    [InlineData("ssh://git@example.com/a", true)]
    [InlineData("git://example.com/a", true)]
    [InlineData("github.com/a/b", true)]
    [InlineData("./github.com", false)]
    [InlineData("a/b:c", false)]
    public void Place_OfTheDaemons_IsTold(string place, bool isRemote) => Assert.Equal(isRemote, ContextPlace.IsRemote(place));

    [Theory]
    [InlineData("type=provenance,mode=max", "attest:provenance=mode=max")]
    [InlineData("type=sbom,disabled=true", "")]
    public void Attestation_OfEachForm_IsUnderstood(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', AttestSpecs.Read([text], "", "").Select(pair => $"{pair.Key}={pair.Value}")));

    [Fact]
    public void BuildArgument_WithoutAValue_IsTheEnvironmentsOrNone()
    {
        var arguments = BuildArguments.Read(["HOME", "NOT_THERE", "A=1=2", "B="], new Dictionary<string, string> { ["A"] = "0", ["P"] = "p", ["NOT_THERE"] = "x" });
        Assert.Equal(Environment.GetEnvironmentVariable("HOME"), arguments["HOME"]);
        Assert.False(arguments.ContainsKey("NOT_THERE"));
        Assert.Equal(("1=2", "", "p"), (arguments["A"], arguments["B"], arguments["P"]));
    }

    [Fact]
    public void NamedContext_OfEachPlace_IsOffered()
    {
        var order = new BuildOrder();
        Directory.CreateDirectory(_directory.File("layout"));
        File.WriteAllText(_directory.File("layout/index.json"), """{"manifests":[{"digest":"sha256:aa","annotations":{"org.opencontainers.image.ref.name":"v1"}},{"digest":"sha256:bb","annotations":{"io.containerd.image.name":"docker.io/library/x:v2"}}]}""");

        NamedContexts.Add(order, $"src={_directory.Path}");
        NamedContexts.Add(order, $"context={_directory.Path}");
        NamedContexts.Add(order, "base=docker-image://alpine:3");
        NamedContexts.Add(order, $"v1=oci-layout://{_directory.File("layout")}:v1");
        NamedContexts.Add(order, $"v2=oci-layout://{_directory.File("layout")}:v2");

        Assert.Equal(["_context", "src"], order.Offer.Folders.Keys.Order());
        Assert.Equal(("local:src", "local:_context", "docker-image://alpine:3"), (order.Attributes["context:src"], order.Attributes["context:context"], order.Attributes["context:base"]));
        Assert.EndsWith(":v1@sha256:aa", order.Attributes["context:v1"], StringComparison.Ordinal);
        Assert.EndsWith(":v2@sha256:bb", order.Attributes["context:v2"], StringComparison.Ordinal);
        Assert.Equal(2, order.Offer.Layouts.Count);
    }

    [Fact]
    public void LocalCache_OfAFolder_IsFoundAgainByItsTag()
    {
        var folder = _directory.File("cache");
        var order = new BuildOrder();
        Assert.False(LocalCaches.AddImport(order, CacheSpecs.Parse($"type=local,src={folder}")));
        LocalCaches.AddExport(order, CacheSpecs.Parse($"type=local,dest={folder},tag=t"));
        LocalCaches.Complete(order, """{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"sha256:aa","size":1}""");
        LocalCaches.Complete(order, """{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"sha256:bb","size":1}""");

        Assert.True(LocalCaches.AddImport(order, CacheSpecs.Parse($"type=local,src={folder},tag=t")));
        Assert.Equal("sha256:bb", Assert.Single(order.CacheImports).Attributes["digest"]);
        Assert.Equal(folder, Assert.Single(order.Offer.Layouts).Value);
    }

    [Theory]
    [InlineData("x", "invalid context value: x, expected key=value")]
    [InlineData("x=/none/here", "failed to get build context x: stat /none/here: no such file or directory")]
    public void NamedContext_ThatIsNotThere_IsRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => NamedContexts.Add(new BuildOrder(), text)).Message);

    public void Dispose() => _directory.Dispose();
}
