using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Tokens;
using Boreal.Tests.Unit.Registry.Access;

namespace Boreal.Tests.Unit.Oci.Distribution;

public sealed class TokenCacheTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Token_BeforeItsEnd_IsFound_AndNotAfter()
    {
        var cache = new TokenCache(_clock);
        cache.Keep(Request("a"), new TokenAnswer { ExpiresIn = 300 }, "t");

        _clock.Advance(TimeSpan.FromSeconds(289));
        Assert.Equal("t", cache.Find(Request("a")));

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(cache.Find(Request("a")));
    }

    [Theory]
    [InlineData(null, 49)]
    [InlineData(1d, 49)]
    [InlineData(1e9, 3589)]
    public void Token_WithAnOddLife_LivesAMinuteToAnHour(double? expiresIn, int seconds)
    {
        var cache = new TokenCache(_clock);
        cache.Keep(Request("a"), new TokenAnswer { ExpiresIn = expiresIn }, "t");

        _clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.NotNull(cache.Find(Request("a")));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(cache.Find(Request("a")));
    }

    [Fact]
    public void Token_OfOneCaller_IsNotAnothers()
    {
        var cache = new TokenCache(_clock);
        cache.Keep(Request("a"), new TokenAnswer(), "t");

        Assert.Null(cache.Find(Request("a", new RegistryCredentials { Username = "u", Password = "p" })));
        Assert.Null(cache.Find(Request("b")));
    }

    [Fact]
    public void Tokens_ByTheThousands_AreNotAllKept()
    {
        var cache = new TokenCache(_clock);
        for (var index = 0; index < 3000; index++)
            cache.Keep(Request($"r{index}"), new TokenAnswer(), "t");

        Assert.InRange(Enumerable.Range(0, 3000).Count(index => cache.Find(Request($"r{index}")) is not null), 1, 1024);
    }

    [Fact]
    public void Request_Printed_ShowsNoSecret() =>
        Assert.DoesNotContain("secret", $"{Request("a", new RegistryCredentials { Username = "u", Password = "secret" })}", StringComparison.Ordinal);

    private static TokenRequest Request(string repository, RegistryCredentials? credentials = null) =>
        new("https://auth.example/token", "svc", $"repository:{repository}:pull", credentials ?? new RegistryCredentials());
}
