using Boreal.Oci.Distribution.Transport;

namespace Boreal.Tests.Unit.Oci.Distribution;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("https://r.example/v2/", "http://s:2/")]
    [InlineData("http://r.example/v2/", "http://h:1/")]
    [InlineData("http://localhost:5000/v2/", null)]
    [InlineData("http://127.1.2.3/v2/", null)]
    [InlineData("https://inner.example/", null)]
    [InlineData("https://a.inner.example/", null)]
    [InlineData("https://notinner.example/", "http://s:2/")]
    [InlineData("https://only.subdomains/", "http://s:2/")]
    [InlineData("https://a.only.subdomains/", null)]
    [InlineData("https://a.star.example/", null)]
    [InlineData("https://10.1.2.3/", null)]
    [InlineData("https://10.2.2.3/", "http://s:2/")]
    [InlineData("https://port.example:5000/", null)]
    [InlineData("https://port.example/", "http://s:2/")]
    public void GetProxy_ByTheRules_IsTheSchemesOrNone(string destination, string? proxy)
    {
        var rules = EnvironmentProxy.Create("h:1", "http://s:2", "inner.example, .only.subdomains,*.star.example,10.1.0.0/16,port.example:5000");

        Assert.Equal(proxy, rules?.GetProxy(new Uri(destination))?.AbsoluteUri);
    }

    [Fact]
    public void Create_WithoutProxies_IsNone() => Assert.Null(EnvironmentProxy.Create(null, " ", "a"));

    [Fact]
    public void Create_ExcludingAll_ProxiesNothing() => Assert.Null(EnvironmentProxy.Create("h:1", "s:2", "*")?.GetProxy(new Uri("https://a.b/")));

    [Fact]
    public void Credentials_InAProxysAddress_AreForThatProxy()
    {
        var rules = EnvironmentProxy.Create(null, "http://us%20er:pass@s:2", null);

        var credential = rules?.Credentials?.GetCredential(new Uri("http://s:2"), "Basic");

        Assert.Equal(("us er", "pass"), (credential?.UserName, credential?.Password));
        Assert.Null(rules?.Credentials?.GetCredential(new Uri("http://other:2"), "Basic"));
    }
}
