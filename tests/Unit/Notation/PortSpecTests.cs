using Boreal.Notation;

namespace Boreal.Tests.Unit.Notation;

public sealed class PortSpecTests
{
    [Theory]
    [InlineData("80", "||80/tcp")]
    [InlineData("8080:80/udp", "|8080|80/udp")]
    [InlineData("127.0.0.1::80", "127.0.0.1||80/tcp")]
    [InlineData("[::1]:8080:80", "::1|8080|80/tcp")]
    [InlineData("8000-8002:80", "|8000-8002|80/tcp")]
    [InlineData("8000-8001:80-81", "|8000|80/tcp |8001|81/tcp")]
    public void Parse_OfASpecification_GivesItsMappings(string spec, string expected) =>
        Assert.Equal(expected, string.Join(' ', PortSpec.Parse(spec).Select(mapping => $"{mapping.HostIp}|{mapping.HostPort}|{mapping.Key}")));

    [Theory]
    [InlineData("8080:", "no port specified: 8080:<empty>")]
    [InlineData("8080:x", "invalid containerPort: x")]
    [InlineData("x:80", "invalid hostPort: x")]
    [InlineData("1-2:3-5", "invalid ranges specified for container and host Ports: 3-5 and 1-2")]
    [InlineData("80/icmp", "invalid proto: icmp")]
    [InlineData("01.2.3.4:80:80", "invalid IP address: 01.2.3.4")]
    public void Parse_OfOtherText_SaysWhy(string spec, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => PortSpec.Parse(spec)).Message);

    [Fact]
    public void ParseExposed_OfARange_GivesEveryPort() => Assert.Equal(["80/udp", "81/udp"], PortSpec.ParseExposed("80-81/UDP"));
}
