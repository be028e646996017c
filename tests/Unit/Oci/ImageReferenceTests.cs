using Boreal.Oci.References;

namespace Boreal.Tests.Unit.Oci;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("busybox", "docker.io/library/busybox", "busybox")]
    [InlineData("busybox:1", "docker.io/library/busybox:1", "busybox:1")]
    [InlineData("me/app", "docker.io/me/app", "me/app")]
    [InlineData("docker.io/library/a/b", "docker.io/library/a/b", "library/a/b")]
    [InlineData("index.docker.io/busybox", "docker.io/library/busybox", "busybox")]
    [InlineData("localhost/app", "localhost/app", "localhost/app")]
    [InlineData("localhost:5000/a/b:t", "localhost:5000/a/b:t", "localhost:5000/a/b:t")]
    [InlineData("reg.example.org/a__b-c.d:v1.0_x", "reg.example.org/a__b-c.d:v1.0_x", "reg.example.org/a__b-c.d:v1.0_x")]
    [InlineData("[2001:db8::1]:5000/a", "[2001:db8::1]:5000/a", "[2001:db8::1]:5000/a")]
    public void Parse_Name_IsCompletedAndShortened(string text, string full, string familiar)
    {
        var reference = ImageReference.Parse(text);
        Assert.Equal((full, familiar), (reference.ToString(), reference.Familiar));
    }

    [Theory]
    [InlineData("Busybox", "invalid reference format: repository name (library/Busybox) must be lowercase")]
    [InlineData("a:b:c", "invalid reference format")]
    [InlineData("", "invalid reference format")]
    [InlineData("a//b", "invalid reference format")]
    [InlineData("a@sha256:12", "invalid reference format")]
    [InlineData("-a", "invalid reference format")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "invalid repository name (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa), cannot specify 64-byte hexadecimal strings")]
    public void Parse_BadName_FailsInDockersWords(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ImageReference.Parse(text)).Message);

    [Fact]
    public void WithDefaultTag_OnlyWhereNothingIsNamed()
    {
        Assert.Equal("a:latest", ImageReference.Parse("a").WithDefaultTag().Familiar);
        var digest = "a@sha256:" + new string('0', 64);
        Assert.Equal(digest, ImageReference.Parse(digest).WithDefaultTag().Familiar);
    }
}
