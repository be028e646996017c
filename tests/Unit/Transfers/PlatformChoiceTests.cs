using Boreal.Engine.Errors;
using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Tests.Unit.Transfers;

public sealed class PlatformChoiceTests
{
    [Theory]
    [InlineData("linux/arm64", "linux/arm64")]
    [InlineData("linux/arm64/v8", "linux/arm64")]
    [InlineData("linux/arm", "linux/arm/v7")]
    [InlineData("arm64", "linux/arm64")]
    [InlineData("x86_64", "linux/amd64")]
    [InlineData("Linux/AMD64", "linux/amd64")]
    [InlineData("linux/arm/6", "linux/arm/v6")]
    [InlineData("plan9/amd64", "plan9/amd64")]
    public void Parse_WhatPeopleWrite_IsNormal(string text, string expected) => Assert.Equal(expected, PlatformChoice.Format(PlatformChoice.Parse(text)));

    [Theory]
    [InlineData("bogus", "\"bogus\": unknown operating system or architecture: invalid argument")]
    [InlineData("a/b/c/d", "\"a/b/c/d\": cannot parse platform specifier: invalid argument")]
    [InlineData("linux/", "\"linux/\": cannot parse platform specifier: invalid argument")]
    public void Parse_WhatIsNone_SaysSoAsDocker(string text, string message) =>
        Assert.Equal((ErrorKind.Invalid, message), Assert.Throws<EngineException>(() => PlatformChoice.Parse(text)) is var refused ? (refused.Kind, refused.Message) : default);

    [Theory]
    [InlineData("linux/amd64", "linux/amd64", true)]
    [InlineData("linux/amd64/v3", "linux/amd64", false)]
    [InlineData("linux/amd64", "linux/amd64/v3", true)]
    [InlineData("linux/arm/v6", "linux/arm/v7", true)]
    [InlineData("linux/arm/v7", "linux/arm/v6", false)]
    [InlineData("linux/arm/v7", "linux/arm64", true)]
    [InlineData("unknown/unknown", "linux/amd64", false)]
    [InlineData("windows/amd64", "linux/amd64", false)]
    public void Runs_OnlyWhatTheMachineUnderstands(string actual, string wanted, bool expected) =>
        Assert.Equal(expected, PlatformChoice.Runs(Of(actual), Of(wanted)));

    [Fact]
    public void Select_SeveralThatRun_GivesTheBestFirstAndTheNamelessLast()
    {
        var index = new[] { Entry('1', null), Entry('2', "linux/arm/v6"), Entry('3', "linux/arm/v7"), Entry('4', "linux/arm64"), Entry('5', "unknown/unknown"), Entry('6', "linux/amd64") };
        Assert.Equal("4321", string.Concat(PlatformChoice.Select(index, Of("linux/arm64")).Select(entry => entry.Digest.Hex[0])));
    }

    private static Descriptor Entry(char digit, string? platform) => new()
    {
        MediaType = MediaTypes.OciManifest, Digest = Digest.Parse("sha256:" + new string(digit, 64)), Size = 1, Platform = platform is null ? null : Of(platform),
    };

    private static Platform Of(string text)
    {
        var parts = text.Split('/');
        return new Platform { Os = parts[0], Architecture = parts[1], Variant = parts.Length > 2 ? parts[2] : null };
    }
}
