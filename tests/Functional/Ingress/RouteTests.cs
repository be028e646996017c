using System.Net;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Routes;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Ingress;

public sealed class RouteTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Routes_OfSeveralServices_LeadByHostAndPath()
    {
        await using var lab = await IngressLab.StartAsync();
        var (shop, api, all) = (await lab.AddAsync("shop", Tell("shop")), await lab.AddAsync("api", Tell("api")), await lab.AddAsync("all", Tell("all")));
        await lab.RouteAsync("a/shop", new HttpRoute { Hosts = ["shop.test"] }, shop.As(BackendState.Ready));
        await lab.RouteAsync("a/api", new HttpRoute { Hosts = ["shop.test"], PathPrefix = "/api", StripPrefix = true }, api.As(BackendState.Ready));
        await lab.RouteAsync("a/all", new HttpRoute { Hosts = ["*.test"] }, all.As(BackendState.Ready));

        Assert.Equal("shop /x", await AskAsync(lab, "shop.test", "/x"));
        Assert.Equal("shop /apis", await AskAsync(lab, "Shop.Test:80", "/apis"));
        Assert.Equal("api /x", await AskAsync(lab, "shop.test", "/api/x"));
        Assert.Equal("api /", await AskAsync(lab, "shop.test", "/api"));
        Assert.Equal("all /", await AskAsync(lab, "other.test", "/"));
        Assert.Equal("NotFound", await AskAsync(lab, "elsewhere", "/"));
        await lab.Ingress.RemoveAsync("a/api", Cancelled);
        Assert.Equal("shop /api/x", await AskAsync(lab, "shop.test", "/api/x"));
    }

    [Fact]
    public async Task HealthCheck_OfASickBackend_TakesItOutAndIn()
    {
        await using var lab = await IngressLab.StartAsync();
        lab.Settings = new HttpSettings { HealthPath = "/healthz", HealthInterval = TimeSpan.FromMilliseconds(20) };
        var isSick = true;
        await lab.AddAsync("a", context =>
        {
            context.Response.StatusCode = context.Request.Path == "/healthz" && Volatile.Read(ref isSick) ? 500 : 200;
            return context.Response.WriteAsync("a");
        });
        await lab.AddAsync("b");
        await lab.ApplyReadyAsync();

        await Eventually.HoldsAsync(async () => await SeenAsync(lab) is ["b"], "the sick one gets none");
        Volatile.Write(ref isSick, false);
        await Eventually.HoldsAsync(async () => await SeenAsync(lab) is ["a", "b"], "the healed one gets some");
    }

    private static async Task<IReadOnlyList<string>> SeenAsync(IngressLab lab)
    {
        var seen = new SortedSet<string>();
        for (var count = 0; count < 6; count++) seen.Add(await lab.GetAsync());
        return [.. seen];
    }

    private static RequestDelegate Tell(string name) => context => context.Response.WriteAsync($"{name} {context.Request.Path}");

    private static async Task<string> AskAsync(IngressLab lab, string host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{lab.Options.Http[0]}{path}");
        request.Headers.Host = host;
        using var answer = await lab.Client.SendAsync(request, Cancelled);
        return answer.StatusCode is HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(Cancelled) : $"{answer.StatusCode}";
    }
}
