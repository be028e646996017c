using Boreal.Build.Contexts;

namespace Boreal.Tests.Unit.Build.Contexts;

public sealed class FolderMemoryTests
{
    private readonly FolderMemory _memory = new();

    [Fact]
    public void Digest_AskedAgain_IsComputedOnce()
    {
        _memory.Begin("1");
        var first = _memory.DigestOf("all", () => [1]);

        _memory.Begin("1");

        Assert.Same(first, _memory.DigestOf("all", () => [2]));
        Assert.Equal([3], _memory.DigestOf("some", () => [3]));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("")]
    public void Digest_OfAnotherVersion_IsComputedAnew(string version)
    {
        _memory.Begin("1");
        _memory.DigestOf("all", () => [1]);

        _memory.Begin(version);

        Assert.Equal([2], _memory.DigestOf("all", () => [2]));
    }

    [Fact]
    public void Digest_OfAnUnknownVersion_IsForgottenWithTheNext()
    {
        _memory.Begin("");
        _memory.DigestOf("all", () => [1]);

        _memory.Begin("");

        Assert.Equal([2], _memory.DigestOf("all", () => [2]));
    }
}
