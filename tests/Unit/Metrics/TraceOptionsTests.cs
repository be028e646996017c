using Boreal.Daemon.Tracing;

namespace Boreal.Tests.Unit.Metrics;

public sealed class TraceOptionsTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("", "http://c:4318/v1/traces", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318")]
    [InlineData("", "http://c:4318/base/v1/traces", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318/base/")]
    [InlineData("", "http://t/exact", "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://t/exact")]
    [InlineData("https://o/", "https://o/v1/traces", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://t/exact")]
    [InlineData("", null, "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "OTEL_TRACES_EXPORTER=none")]
    [InlineData("https://o/", null, "OTEL_SDK_DISABLED=true")]
    public void Endpoint_IsTheOptionsOrTheVariables(string option, string? expected, params string[] variables) =>
        Assert.Equal(expected, TraceOptions.Read(option, Of(variables))?.Endpoint.AbsoluteUri);

    [Fact]
    public void Headers_AreDecodedPairs() => Assert.Equal(
        [KeyValuePair.Create("x-key", "a b"), KeyValuePair.Create("other", "c=d")],
        TraceOptions.Read("", Of(["OTEL_EXPORTER_OTLP_ENDPOINT=http://c", "OTEL_EXPORTER_OTLP_HEADERS=x-key=a%20b, other=c=d,nothing"]))?.Headers ?? []);

    [Fact]
    public void Endpoint_ThatIsNoUrl_IsRefused() =>
        Assert.Contains("localhost:4318", Assert.Throws<FormatException>(() => TraceOptions.Read("", Of(["OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318"]))).Message, StringComparison.Ordinal);

    private static Func<string, string?> Of(string[] variables) =>
        name => variables.FirstOrDefault(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
