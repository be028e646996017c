using Boreal.Daemon.Http;

namespace Boreal.Tests.Unit.Daemon.Http;

public sealed class ApiVersionTests
{
    [Fact]
    public void Comparison_OfMinorVersions_IsByNumber()
    {
        Assert.True(new ApiVersion(1, 9) < new ApiVersion(1, 24));
        Assert.True(new ApiVersion(2, 0) > ApiVersion.Maximum);
        Assert.True(new ApiVersion(1, 24) >= ApiVersion.Minimum);
    }

    [Theory]
    [InlineData("1.45", true)]
    [InlineData("1", true)]
    [InlineData("1.x", false)]
    [InlineData("", false)]
    [InlineData("1.", false)]
    [InlineData("-1.2", false)]
    public void TryParse_OnlyNumbers_AreVersions(string text, bool expected) => Assert.Equal(expected, ApiVersion.TryParse(text, out _));
}
