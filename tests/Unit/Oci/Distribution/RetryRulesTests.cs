using System.Net;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Transport;
using Boreal.Tests.Unit.Registry.Access;

namespace Boreal.Tests.Unit.Oci.Distribution;

public sealed class RetryRulesTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(200, 1, null)]
    [InlineData(404, 1, null)]
    [InlineData(500, 1, 250)]
    [InlineData(502, 2, 500)]
    [InlineData(503, 3, null)]
    [InlineData(429, 1, 250)]
    [InlineData(429, 4, 2000)]
    public void Answer_OfAMoment_IsWaitedFor(int status, int attempt, int? milliseconds)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);

        Assert.Equal(milliseconds, Rules.DelayAfter(response, attempt)?.TotalMilliseconds);
    }

    [Theory]
    [InlineData("7", 7d)]
    [InlineData("31", null)]
    public void RetryAfter_WithinReason_IsKept(string value, double? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { { "Retry-After", value } } };

        Assert.Equal(seconds, Rules.DelayAfter(response, 1)?.TotalSeconds);
    }

    [Fact]
    public void RetryAfter_AsADate_CountsFromNow()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter = new(new DateTimeOffset(_clock.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero).AddSeconds(9));

        Assert.InRange(Rules.DelayAfter(response, 1)?.TotalSeconds ?? 0, 8, 9);
    }

    [Fact]
    public void UsedUpShare_IsNotWaitedFor()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { { "RateLimit-Limit", "100;w=21600" }, { "RateLimit-Remaining", "0;w=21600" } } };

        Assert.Null(Rules.DelayAfter(response, 1));
    }

    [Fact]
    public void BackOff_Grows_ToTenSeconds() =>
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 10, 10], Enumerable.Range(1, 8).Select(attempt => Rules.BackOff(attempt).TotalSeconds));

    private RetryRules Rules => new(new RegistryClientOptions(), _clock);
}
