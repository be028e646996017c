using Boreal.Cli.Building.Orders;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Builds;
using Boreal.Cli.Session;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Cli.Building;

/// <summary>Command lines to what the daemon is asked.</summary>
public sealed class OrderReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public OrderReaderTests() => File.WriteAllText(_directory.File("Dockerfile"), "FROM scratch\n");

    [Theory]
    [InlineData("--build-arg A=1 --label L=2 --target t", "build-arg:A=1 label:L=2 target=t")]
    [InlineData("--no-cache", "no-cache=")]
    [InlineData("--no-cache-filter a --no-cache-filter b", "no-cache=a,b")]
    [InlineData("--platform linux/amd64,linux/arm64 --platform linux/386", "multi-platform=true platform=linux/amd64,linux/arm64,linux/386")]
    [InlineData("--add-host a:1.2.3.4 --add-host b=::1", "add-hosts=a=1.2.3.4,b=::1")]
    [InlineData("--shm-size 1m --ulimit nofile=10:20 --cgroup-parent /x", "cgroup-parent=/x shm-size=1048576 ulimit=nofile=10:20")]
    [InlineData("--network none", "force-network-mode=none")]
    [InlineData("--provenance mode=max --sbom true", "attest:provenance=mode=max attest:sbom=")]
    public async Task Options_BecomeAttributes(string words, string expected)
    {
        var order = await ReadAsync(words);
        var usual = new[] { "filename", "image-resolve-mode" };
        Assert.Equal(expected, string.Join(' ', order.Attributes.Where(pair => !usual.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("local", order.Attributes["image-resolve-mode"]);
    }

    [Fact]
    public async Task Pull_AlwaysAsksTheRegistry() => Assert.Equal("pull", (await ReadAsync("--pull")).Attributes["image-resolve-mode"]);

    [Fact]
    public async Task NetworkHost_IsAllowedByAskingForIt()
    {
        var order = await ReadAsync("--network host --allow security.insecure");
        Assert.Equal(["security.insecure", "network.host"], order.Entitlements);
        Assert.Equal("host", order.Attributes["force-network-mode"]);
    }

    [Theory]
    [InlineData("--network other", "network mode \"other\" not supported by buildkit: builds have default, none or host")]
    [InlineData("--no-cache --no-cache-filter a", "--no-cache and --no-cache-filter cannot currently be used together")]
    public async Task Options_ThatContradict_AreRefused(string words, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<CommandFailedException>(() => ReadAsync(words))).Message);

    [Fact]
    public async Task Folder_IsOfferedTwice_AndHasAKeyOfItsOwn()
    {
        var order = await ReadAsync("");
        Assert.Equal(["context", "dockerfile"], order.Offer.Folders.Keys.Order());
        Assert.Equal("Dockerfile", order.Attributes["filename"]);
        Assert.Equal(64, order.SharedKey.Length);
        using var other = new TemporaryDirectory();
        Assert.NotEqual(order.SharedKey, (await ReadAsync("", other.Path)).SharedKey);
    }

    [Fact]
    public async Task Folder_WithTheOtherSpelling_IsBuiltByIt()
    {
        File.Move(_directory.File("Dockerfile"), _directory.File("dockerfile"));
        Assert.Equal("dockerfile", (await ReadAsync("")).Attributes["filename"]);
    }

    [Fact]
    public async Task File_OfAnotherFolder_IsOfferedFromThere()
    {
        using var other = new TemporaryDirectory();
        File.WriteAllText(other.File("Other"), "FROM scratch\n");
        var order = await ReadAsync($"-f {other.File("Other")}");
        Assert.Equal("Other", order.Attributes["filename"]);
        Assert.Equal(other.Path, Assert.IsType<Boreal.Cli.Building.Folders.LocalFolder>(order.Offer.Folders["dockerfile"]).Path);
    }

    [Fact]
    public async Task Address_IsTheDaemonsToFetch()
    {
        var order = await ReadAsync("-f sub/Dockerfile", "https://example.com/a.git#main:x");
        Assert.Equal(("https://example.com/a.git#main:x", "sub/Dockerfile"), (order.Attributes["context"], order.Attributes["filename"]));
        Assert.Empty(order.Offer.Folders);
    }

    [Fact]
    public async Task Check_HasNoResult() => Assert.Empty((await ReadAsync("--check -t web")).Exports);

    public void Dispose() => _directory.Dispose();

    private async Task<BuildOrder> ReadAsync(string words, string? place = null)
    {
        var flags = new FlagSet();
        var reader = new OrderReader(new BuildInputFlags(flags), new BuildRunFlags(flags), new BuildOutputFlags(flags));
        flags.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), anywhere: true);
        var options = new GlobalOptions();
        options.Flags.Parse(["--config", _directory.File("none")], anywhere: false);
        await using var context = new CliContext(options, "boreal build");
        return await reader.ReadAsync(context, place ?? _directory.Path, TestContext.Current.CancellationToken);
    }
}
