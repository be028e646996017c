using Boreal.Daemon.Configuration;
using Boreal.Daemon.Registries;
using Boreal.Registry.Access;

namespace Boreal.Tests.Unit.Daemon.Registries;

public sealed class RegistryOptionsTests
{
    [Fact]
    public void ReadRegistry_NoFlags_IsLocalAndOpen()
    {
        var options = Read();
        var site = SiteMapping.Of(options);
        Assert.Equal(["127.0.0.1:5000"], options.Registry.Addresses);
        Assert.Equal("/var/lib/boreal/registry", site.Registry.DataRoot);
        Assert.Equal("/var/lib/boreal/registry/access/users.json", site.Access.UserFile);
        Assert.Null(site.Access.HtpasswdFile);
    }

    [Fact]
    public void ReadRegistry_Flags_ReachTheSite()
    {
        var options = Read(
            "--addr", "0.0.0.0:1", "--addr=:2", "--data", "/d", "--auth", "token", "--htpasswd", "/h", "--users", "/u", "--token-service", "a", "--token-service", "b",
            "--token-lifetime", "60", "--url", "https://r.example", "--delete=false", "--gc-interval", "0", "--metrics-addr", ":3", "--log-level", "warn");
        var site = SiteMapping.Of(options);
        Assert.Equal(["0.0.0.0:1", ":2"], options.Registry.Addresses);
        Assert.Equal(("/d", false), (site.Registry.DataRoot, site.Registry.AllowDelete));
        Assert.Null(site.Registry.CollectionInterval);
        Assert.Equal((AuthenticationScheme.Token, "/h", "/u"), (site.Access.Scheme, site.Access.HtpasswdFile, site.Access.UserFile));
        Assert.Equal(["a", "b"], site.Access.Services);
        Assert.Equal(TimeSpan.FromMinutes(1), site.Access.TokenLifetime);
        Assert.Equal("r.example", site.Access.PublicUrl?.Host);
        Assert.True(site.MetricsElsewhere);
    }

    [Theory]
    [InlineData("--addr", "5000")]
    [InlineData("--addr", "registry.example:5000")]
    [InlineData("--addr", "127.0.0.1:70000")]
    [InlineData("--auth", "digest")]
    [InlineData("--token-lifetime", "10")]
    [InlineData("--tls-cert", "/only")]
    [InlineData("--url", "registry.example")]
    [InlineData("--data", "relative")]
    [InlineData("--bridge", "no-setting-of-a-registry")]
    public void ReadRegistry_WhatCannotBe_IsRefused(string flag, string value) =>
        Assert.Throws<ConfigurationException>(() => Read(flag, value));

    [Fact]
    public void Read_OfTheDaemon_ServesNoRegistryUnlessAsked()
    {
        Assert.Empty(OptionsReader.Read(CommandLine.Parse([])).Registry.Addresses);
        var asked = OptionsReader.Read(CommandLine.Parse(["--registry-addr", "127.0.0.1:5000", "--data-root", "/srv/b"]));
        Assert.Equal(["127.0.0.1:5000"], asked.Registry.Addresses);
        Assert.Equal("/srv/b/registry", asked.Registry.Root);
    }

    private static DaemonOptions Read(params string[] flags) => OptionsReader.ReadRegistry(CommandLine.Parse(flags, RegistryServeSettings.ByName));
}
