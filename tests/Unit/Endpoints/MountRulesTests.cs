using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class MountRulesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("a/../b", true)]
    [InlineData("./a", true)]
    [InlineData("..a", true)]
    [InlineData("/a", false)]
    [InlineData("..", false)]
    [InlineData("a/../../b", false)]
    [InlineData("a/../..//a", false)]
    public void Subpath_ThatLeadsOut_IsRefused(string subpath, bool allowed)
    {
        var mount = new Mount { Type = "volume", Source = "data", Target = "/x", VolumeOptions = new VolumeOptions { Subpath = subpath } };
        if (allowed)
            MountRules.Check(mount, ApiVersion.Maximum);
        else
            Assert.EndsWith("subpath must be a relative path within the volume", Refusal(mount, ApiVersion.Maximum), StringComparison.Ordinal);
    }

    [Fact]
    public void Image_ForAClientOlderThanImageMounts_IsUnknown()
    {
        var mount = new Mount { Type = "image", Source = "busybox", Target = "/x" };
        MountRules.Check(mount, new ApiVersion(1, 48));
        Assert.Equal("invalid mount config for type \"image\": mount type unknown", Refusal(mount, new ApiVersion(1, 47)));
    }

    [Fact]
    public void Options_OfAnotherType_AreRefused()
    {
        var mount = new Mount { Type = "volume", Source = "data", Target = "/x", ImageOptions = new ImageOptions() };
        Assert.Equal("ImageOptions must not be specified on mount type \"volume\"", Refusal(mount, ApiVersion.Maximum));
    }

    private static string Refusal(Mount mount, ApiVersion version)
    {
        var error = Assert.Throws<EngineException>(() => MountRules.Check(mount, version));
        Assert.Equal(ErrorKind.Invalid, error.Kind);
        return error.Message;
    }
}
