using Boreal.Build.Graph;

namespace Boreal.Tests.Unit.Build.Graph;

public sealed class PlatformReaderTests
{
    [Theory]
    [InlineData("linux", "linux/amd64")]
    [InlineData("arm64", "linux/arm64")]
    [InlineData("linux/x86_64", "linux/amd64")]
    [InlineData("Linux/AARCH64", "linux/arm64")]
    [InlineData("linux/arm/7", "linux/arm/v7")]
    [InlineData("linux/armhf", "linux/arm")]
    [InlineData("linux/arm64/v8", "linux/arm64/v8")]
    [InlineData("windows(10.0.17763)/amd64", "windows(10.0.17763)/amd64")]
    public void Read_OfAPlatform_GivesItsUsualName(string text, string expected) =>
        Assert.Equal(expected, PlatformReader.Read(text, new BuildPlatform("linux", "amd64")).ToFullString());

    [Theory]
    [InlineData("linux/arm64/v8", "linux/arm64")]
    [InlineData("linux/arm", "linux/arm/v7")]
    public void Normalized_OfAPlatform_LeavesOutWhatEveryoneMeans(string text, string expected) =>
        Assert.Equal(expected, PlatformReader.Read(text, new BuildPlatform("linux", "amd64")).Normalized.ToString());
}
