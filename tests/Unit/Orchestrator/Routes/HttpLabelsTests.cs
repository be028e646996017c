using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Routes;

namespace Boreal.Tests.Unit.Orchestrator.Routes;

public sealed class HttpLabelsTests
{
    [Fact]
    public void Labels_OfOurOwn_MakeARouteAndSettings()
    {
        var spec = Spec(
            "io.boreal.http.host=shop.test, www.shop.test", "io.boreal.http.path=/x", "io.boreal.http.strip=true", "io.boreal.http.sticky=true", "io.boreal.http.health.path=/ok",
            "io.boreal.http.routes.admin.host=admin.test", "io.boreal.http.routes.admin.port=9000", "io.boreal.http.timeout=30s");

        HttpLabels.Check(spec);
        var (routes, settings) = (HttpLabels.Routes(spec), HttpLabels.Settings(spec));

        Assert.Equal(["", "admin"], routes.Select(route => route.Name));
        Assert.Equal(["shop.test", "www.shop.test"], routes[0].Hosts);
        Assert.Equal(("/x", true, 80), (routes[0].PathPrefix, routes[0].StripPrefix, routes[0].Target));
        Assert.Equal(9000, routes[1].Target);
        Assert.Equal((SettingReader.DefaultCookie, "/ok", TimeSpan.FromSeconds(30)), (settings.StickyCookie, settings.HealthPath, settings.Timeout));
        Assert.True(HttpLabels.HasHttp(spec));
    }

    [Fact]
    public void Labels_OfTraefik_AreReadWhereTheServiceAsksForIt()
    {
        string[] labels =
        [
            "traefik.enable=true", "traefik.http.routers.web.rule=(Host(`a.test`) || Host(`b.test`)) && PathPrefix(`/api`)", "traefik.http.routers.web.entrypoints=websecure",
            "traefik.http.routers.web.middlewares=cut@docker", "traefik.http.middlewares.cut.stripprefix.prefixes=/api",
            "traefik.http.services.web.loadbalancer.server.port=3000", "traefik.http.services.web.loadbalancer.sticky.cookie.name=place",
        ];

        Assert.Empty(HttpLabels.Routes(Spec(labels)));
        var spec = Spec([.. labels, "io.boreal.http.traefik=true"]);
        var routes = HttpLabels.Routes(spec);

        Assert.Equal(["a.test", "b.test"], routes.SelectMany(route => route.Hosts));
        Assert.All(routes, route => Assert.Equal(("/api", true, 3000), (route.PathPrefix, route.StripPrefix, route.Target)));
        Assert.Equal("place", HttpLabels.Settings(spec).StickyCookie);
    }

    [Theory]
    [InlineData("io.boreal.http.hots=a", "is not known")]
    [InlineData("io.boreal.http.path=x", "begins with /")]
    [InlineData("io.boreal.http.strip=true", "there is no path")]
    [InlineData("io.boreal.http.host=a b", "no host name")]
    [InlineData("io.boreal.http.routes.x.hots=a", "is not known")]
    [InlineData("io.boreal.http.tls.key=/k.pem", "needed together")]
    [InlineData("io.boreal.http.timeout=soon", "duration")]
    [InlineData("traefik.http.routers.r.rule=Host(`a`) && Method(`GET`)", "only matchers")]
    [InlineData("traefik.http.routers.r.rule=Host(`a`", "expected")]
    [InlineData("traefik.http.routers.r.rule=Host(`a`) Host(`b`)", "expected")]
    [InlineData("traefik.http.routers.r.middlewares=auth", "rule is missing")]
    [InlineData("traefik.http.routers.r.rule=Host(`a`)|traefik.http.routers.r.middlewares=auth|traefik.http.middlewares.auth.basicauth.users=u:p", "only kind")]
    public void Labels_ThatCannotBeUsed_AreNamed(string labels, string expected)
    {
        var spec = Spec([.. labels.Split('|'), "io.boreal.http.traefik=true"]);

        var failure = Assert.Throws<AppException>(() => HttpLabels.Check(spec));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", true)]
    [InlineData("grpc", true)]
    [InlineData("https", false)]
    [InlineData("", false)]
    public void HasHttp_WithAPublishedPort_GoesByItsProtocol(string appProtocol, bool expected)
    {
        var spec = Spec();
        spec.Ports = [new ServicePort { Target = 80, AppProtocol = appProtocol }];

        Assert.Equal(expected, HttpLabels.HasHttp(spec));
    }

    private static ServiceSpec Spec(params string[] labels) => new()
    {
        Name = "web",
        Template = new ContainerCreateRequest { Image = "i", Labels = labels.Select(label => label.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]) },
        Ports = [new ServicePort { Target = 80 }],
    };
}
