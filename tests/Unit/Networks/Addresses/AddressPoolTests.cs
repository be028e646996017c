using System.Net;
using Boreal.Engine.Networks.Addresses;

namespace Boreal.Tests.Unit.Networks.Addresses;

public sealed class AddressPoolTests
{
    [Fact]
    public void TryTake_Always_GivesTheLowestFree()
    {
        var pool = Pool("10.0.0.0/24", gateway: "10.0.0.1");

        Assert.Equal(["10.0.0.2", "10.0.0.3", "10.0.0.4"], Take(pool, 3));
        pool.Release(IPAddress.Parse("10.0.0.3"));
        Assert.Equal(["10.0.0.3", "10.0.0.5"], Take(pool, 2));
    }

    [Fact]
    public void TryTake_WithRange_StaysInIt() =>
        Assert.Equal(["10.0.0.128", "10.0.0.129"], Take(Pool("10.0.0.0/24", range: "10.0.0.128/31", gateway: "10.0.0.1"), 3));

    [Fact]
    public void TryTake_Reserved_IsLeftOut() =>
        Assert.Equal(["10.0.0.3", "10.0.0.5"], Take(Pool("10.0.0.0/24", gateway: "10.0.0.1", reserved: ["10.0.0.2", "10.0.0.4"]), 2));

    [Fact]
    public void TryTake_AllGivenOut_GivesNothing() =>
        Assert.Equal(["10.0.0.2"], Take(Pool("10.0.0.0/30", gateway: "10.0.0.1"), 5));

    [Fact]
    public void TryTake_PointToPoint_UsesBothAddresses() =>
        Assert.Equal(["10.0.0.1"], Take(Pool("10.0.0.0/31", gateway: "10.0.0.0"), 2));

    [Fact]
    public void TryTake_IPv6_CountsFarBeyondIntegers() =>
        Assert.Equal(["fd00::2", "fd00::3"], Take(Pool("fd00::/64", gateway: "fd00::1"), 2));

    [Fact]
    public void TryTake_FixedOutsideOfTheRange_IsGiven()
    {
        var pool = Pool("10.0.0.0/24", range: "10.0.0.128/25", gateway: "10.0.0.1");

        Assert.True(pool.TryTake(IPAddress.Parse("10.0.0.9")));
        Assert.False(pool.TryTake(IPAddress.Parse("10.0.0.9")));
        Assert.False(pool.TryTake(IPAddress.Parse("10.0.0.1")));
    }

    private static AddressPool Pool(string subnet, string? range = null, string? gateway = null, string[]? reserved = null) => new(
        IPNetwork.Parse(subnet),
        range is null ? null : IPNetwork.Parse(range),
        gateway is null ? null : IPAddress.Parse(gateway),
        (reserved ?? []).Select(IPAddress.Parse));

    private static List<string> Take(AddressPool pool, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => pool.TryTake()?.ToString()).OfType<string>()];
}
