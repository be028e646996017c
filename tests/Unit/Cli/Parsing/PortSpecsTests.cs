using Boreal.Cli.Parsing;

namespace Boreal.Tests.Unit.Cli.Parsing;

public sealed class PortSpecsTests
{
    [Theory]
    [InlineData("80", "80/tcp=:")]
    [InlineData("8080:80", "80/tcp=:8080")]
    [InlineData("127.0.0.1:8080:80/udp", "80/udp=127.0.0.1:8080")]
    [InlineData("127.0.0.1::80", "80/tcp=127.0.0.1:")]
    [InlineData("[::1]:8080:80", "80/tcp=::1:8080")]
    [InlineData("8080-8081:80-81", "80/tcp=:8080 81/tcp=:8081")]
    [InlineData("8000-9000:80", "80/tcp=:8000-9000")]
    [InlineData("published=8080,target=80,protocol=udp", "80/udp=:8080")]
    public void Publish_OfASpec_GivesBindings(string spec, string expected)
    {
        var ports = new PortSpecs();
        ports.Publish(spec);
        Assert.Equal(expected, string.Join(' ', ports.Bindings.SelectMany(port => (port.Value ?? []).Select(binding => $"{port.Key}={binding.HostIp}:{binding.HostPort}"))));
    }

    [Theory]
    [InlineData("abc", "invalid containerPort: abc")]
    [InlineData("x:80", "invalid hostPort: x")]
    [InlineData("1.2.3:80:80", "invalid IP address: 1.2.3")]
    [InlineData("80:", "no port specified: 80:<empty>")]
    [InlineData("80-82:80-81", "invalid ranges specified for container and host Ports: 80-81 and 80-82")]
    [InlineData("80/foo", "invalid proto: foo")]
    public void Publish_OfAWrongSpec_SaysItInDockersWords(string spec, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => new PortSpecs().Publish(spec)).Message);

    [Fact]
    public void Expose_OfARange_ExposesEach()
    {
        var ports = new PortSpecs();
        ports.Expose("90-92/udp");
        Assert.Equal(["90/udp", "91/udp", "92/udp"], ports.Exposed);
        Assert.Empty(ports.Bindings);
    }
}
