using System.Text.Json.Nodes;
using Boreal.Cli.Credentials;
using Boreal.Client.Images;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Cli.Credentials;

public sealed class FileCredentialsTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();

    private string ConfigPath => _directory.File("config.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Keep_WithoutAFile_MakesOneForItsOwnerOnly()
    {
        var warning = Open().Keep(new RegistryAuth { UserName = "ann", Password = "se:cret", ServerAddress = "localhost:5000" });

        Assert.Contains(ConfigPath, warning, StringComparison.Ordinal);
        Assert.Equal("{\n\t\"auths\": {\n\t\t\"localhost:5000\": {\n\t\t\t\"auth\": \"YW5uOnNlOmNyZXQ=\"\n\t\t}\n\t}\n}", File.ReadAllText(ConfigPath));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(ConfigPath));
        Assert.Equal(new RegistryAuth { UserName = "ann", Password = "se:cret", ServerAddress = "localhost:5000" }, Open().Find("localhost:5000"));
    }

    [Fact]
    public void Keep_OfTheSameAccount_WarnsNoMore()
    {
        var auth = new RegistryAuth { UserName = "ann", Password = "secret", ServerAddress = "localhost:5000" };
        Open().Keep(auth);
        Assert.Null(Open().Keep(auth));
    }

    [Fact]
    public void Keep_InAFileWithOtherSettings_LeavesThem()
    {
        File.WriteAllText(ConfigPath, """{"detachKeys":"ctrl-a","auths":{"a":{"auth":"eDp5"}},"somebody's":[1,{"x":null}]}""");

        Open().Keep(new RegistryAuth { IdentityToken = "tok", ServerAddress = "b" });

        var json = JsonNode.Parse(File.ReadAllText(ConfigPath));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"detachKeys":"ctrl-a","auths":{"a":{"auth":"eDp5"},"b":{"identitytoken":"tok"}},"somebody's":[1,{"x":null}]}"""), json));
    }

    [Fact]
    public void Keep_InALinkedFile_WritesWhereTheLinkPoints()
    {
        var target = _directory.File("elsewhere.json");
        File.WriteAllText(target, "{}");
        File.SetUnixFileMode(target, OwnerOnly | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(ConfigPath, target);

        Open().Keep(new RegistryAuth { UserName = "a", Password = "b", ServerAddress = "c" });

        Assert.Equal(target, new FileInfo(ConfigPath).LinkTarget);
        Assert.Contains("YTpi", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(target));
    }

    [Theory]
    [InlineData("https://registry.example.com/v1/")]
    [InlineData("http://registry.example.com")]
    [InlineData("registry.example.com")]
    public void Find_UnderAnAddressOfOldClients_IsFound(string written)
    {
        File.WriteAllText(ConfigPath, "{\"auths\":{\"" + written + "\":{\"auth\":\"YW5uOnNlY3JldA==\"}}}");
        Assert.Equal("ann", Open().Find("registry.example.com")?.UserName);
    }

    [Theory]
    [InlineData("""{"auths":{"r":{}}}""")]
    [InlineData("""{"auths":{"r":{"auth":"not base64!"}}}""")]
    [InlineData("""{"auths":{"r":{"auth":"bm9jb2xvbg=="}}}""")]
    [InlineData("""{"auths":{"r":5}}""")]
    [InlineData("""{"auths":"r"}""")]
    [InlineData("{}")]
    public void Find_OfNothingUsable_IsNothing(string config)
    {
        File.WriteAllText(ConfigPath, config);
        Assert.Null(Open().Find("r"));
    }

    [Fact]
    public void Erase_OfOneAccount_LeavesTheOthers()
    {
        File.WriteAllText(ConfigPath, """{"auths":{"a":{"auth":"eDp5"},"b":{"auth":"eDp5"}}}""");
        Open().Erase("a");
        Assert.Null(Open().Find("a"));
        Assert.NotNull(Open().Find("b"));
    }

    [Fact]
    public void ToString_OfAnAccount_TellsNoSecret() =>
        Assert.DoesNotContain("secret", new RegistryAuth { UserName = "ann", Password = "secret", IdentityToken = "secret" }.ToString(), StringComparison.Ordinal);

    private FileCredentials Open() => new(ConfigurationFile.Load(_directory.Path));
}
