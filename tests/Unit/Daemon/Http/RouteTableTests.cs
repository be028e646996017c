using Boreal.Daemon.Http;

namespace Boreal.Tests.Unit.Daemon.Http;

public sealed class RouteTableTests
{
    private readonly RouteTable _routes = new();

    [Theory]
    [InlineData("/images/busybox/json", "busybox")]
    [InlineData("/images/localhost:5000/team/app:v1/json", "localhost:5000/team/app:v1")]
    [InlineData("/images/json/json", "json")]
    public void WidePlaceholder_BeforeALiteral_TakesTheSegmentsBetween(string path, string name)
    {
        _routes.Get("/images/json", NotCalled);
        _routes.Get("/images/{name*}/json", NotCalled);

        var found = _routes.Find("GET", path);

        Assert.NotNull(found);
        Assert.Equal("/images/{name*}/json", found.Value.Route.Template);
        Assert.Equal(name, found.Value.Values[found.Value.Route.IndexOf("name")]);
    }

    [Fact]
    public void Find_LiteralAndPlaceholder_PrefersTheLiteral()
    {
        _routes.Get("/volumes/{name*}", NotCalled);
        _routes.Get("/volumes/create", NotCalled);

        Assert.Equal("/volumes/create", _routes.Find("GET", "/volumes/create")?.Route.Template);
        Assert.Equal("/volumes/{name*}", _routes.Find("GET", "/volumes/other")?.Route.Template);
    }

    [Theory]
    [InlineData("POST", "/containers/json")]
    [InlineData("GET", "/containers")]
    [InlineData("GET", "/containers/json/more")]
    [InlineData("GET", "/containers/")]
    [InlineData("GET", "/")]
    public void Find_WrongMethodOrPath_FindsNothing(string method, string path)
    {
        _routes.Get("/containers/json", NotCalled);
        _routes.Get("/containers/{id}/json", NotCalled);

        Assert.Null(_routes.Find(method, path));
    }

    [Fact]
    public void Match_TwoPlaceholders_GivesBothByName()
    {
        _routes.Delete("/containers/{id}/checkpoints/{name}", NotCalled);

        var (route, values) = _routes.Find("DELETE", "/containers/c1/checkpoints/x") ?? throw new InvalidOperationException("not found");

        Assert.Equal(("c1", "x"), (values[route.IndexOf("id")], values[route.IndexOf("name")]));
        Assert.Throws<ArgumentException>(() => route.IndexOf("other"));
    }

    [Fact]
    public void Add_SameRouteTwice_IsRefused()
    {
        _routes.Get("/info", NotCalled);

        Assert.Throws<InvalidOperationException>(() => _routes.Get("/info", NotCalled));
    }

    private static Task NotCalled(Microsoft.AspNetCore.Http.HttpContext context) => throw new InvalidOperationException("only found, never called");
}
