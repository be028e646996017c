using System.Net;
using System.Net.Sockets;
using Boreal.Orchestrator.Balancing;
using Boreal.Orchestrator.Errors;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Ingress;

public sealed class BalancingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_OneAfterTheOther_AreSpreadEvenly()
    {
        await using var lab = await IngressLab.StartAsync();
        foreach (var name in (string[])["a", "b", "c"]) await lab.AddAsync(name);
        await lab.ApplyReadyAsync();

        var answers = new List<string>();
        for (var count = 0; count < 30; count++) answers.Add(await lab.GetAsync());

        Assert.Equal([("a", 10), ("b", 10), ("c", 10)], answers.GroupBy(name => name).Select(same => (same.Key, same.Count())).OrderBy(one => one.Key));
    }

    [Fact]
    public async Task Requests_WhileOneBackendIsBusy_GoToTheOther()
    {
        await using var lab = await IngressLab.StartAsync();
        var release = new TaskCompletionSource();
        await lab.AddAsync("busy", async context =>
        {
            await release.Task;
            await context.Response.WriteAsync("busy");
        });
        await lab.AddAsync("idle");
        await lab.ApplyReadyAsync();

        // It takes its turns until it is seen to fall behind.
        var firsts = Enumerable.Range(0, 4).Select(_ => lab.GetAsync()).ToList();
        await Eventually.HoldsAsync(() => firsts.Count(first => first.IsCompleted) == 2, "the idle one has answered");
        var answers = new List<string>();
        for (var count = 0; count < 10; count++) answers.Add(await lab.GetAsync());

        Assert.All(answers, answer => Assert.Equal("idle", answer));
        release.SetResult();
        Assert.Equal(["busy", "busy", "idle", "idle"], (await Task.WhenAll(firsts)).Order());
    }

    [Fact]
    public async Task Drain_OfABackendWithARequest_CountsItUntilItEnds()
    {
        await using var lab = await IngressLab.StartAsync();
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var old = await lab.AddAsync("old", async context =>
        {
            arrived.SetResult();
            await release.Task;
            await context.Response.WriteAsync("old");
        });
        await lab.ApplyAsync(old.As(BackendState.Ready));
        var slow = lab.GetAsync();
        await arrived.Task.WaitAsync(Eventually.Patience, Cancelled);
        var young = await lab.AddAsync("young");

        await lab.ApplyAsync(old.As(BackendState.Draining), young.As(BackendState.Ready));

        Assert.Equal(1, lab.Ingress.CountInFlight(IngressLab.Service, "old"));
        Assert.Equal("young", await lab.GetAsync());
        release.SetResult();
        Assert.Equal("old", await slow);
        Assert.Equal(0, lab.Ingress.CountInFlight(IngressLab.Service, "old"));
    }

    [Fact]
    public async Task Drain_UnderLoad_LetsNoRequestThroughAfterItReturned()
    {
        await using var lab = await IngressLab.StartAsync();
        var (isDrained, late, failed) = (false, 0, 0);
        RequestDelegate watch = context =>
        {
            if (Volatile.Read(ref isDrained)) Interlocked.Increment(ref late);
            return context.Response.WriteAsync("x");
        };
        var (one, two) = (await lab.AddAsync("one", watch), await lab.AddAsync("two"));
        await lab.ApplyReadyAsync();
        using var ending = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                if ((await lab.Client.GetAsync(lab.Url(), Cancelled)).StatusCode is not HttpStatusCode.OK) Interlocked.Increment(ref failed);
            }
        }, Cancelled)).ToList();

        for (var round = 0; round < 50; round++)
        {
            await lab.ApplyAsync(one.As(BackendState.Draining), two.As(BackendState.Ready));
            while (lab.Ingress.CountInFlight(IngressLab.Service, "one") > 0) await Task.Yield();
            Volatile.Write(ref isDrained, true);
            await lab.GetAsync();
            Volatile.Write(ref isDrained, false);
            await lab.ApplyAsync(one.As(BackendState.Ready), two.As(BackendState.Ready));
        }

        await ending.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal((0, 0), (late, failed));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Request_ToABackendThatRefuses_IsAnsweredByAnother(string method)
    {
        await using var lab = await IngressLab.StartAsync();
        var there = await lab.AddAsync("there", async context => await context.Response.WriteAsync("there " + await new StreamReader(context.Request.Body).ReadToEndAsync()));
        await lab.ApplyAsync(IngressLab.Absent("gone", 200), there.As(BackendState.Ready));

        for (var count = 0; count < 6; count++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), lab.Url());
            if (method is "POST") request.Content = new StringContent("body");
            using var answer = await lab.Client.SendAsync(request, Cancelled);
            Assert.Equal(method is "POST" ? "there body" : "there ", await answer.Content.ReadAsStringAsync(Cancelled));
        }
        Assert.InRange(lab.Ingress.TrafficOf(IngressLab.Service)?.Retried ?? 0, 1, 3);
    }

    [Fact]
    public async Task Request_WithoutAReadyBackend_Gets503()
    {
        await using var lab = await IngressLab.StartAsync();
        await lab.ApplyAsync();

        using var answer = await lab.Client.GetAsync(lab.Url(), Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Remove_OfAService_ClosesItsPort()
    {
        await using var lab = await IngressLab.StartAsync();
        await lab.AddAsync("a");
        await lab.ApplyReadyAsync();

        await lab.Ingress.RemoveAsync(IngressLab.Service, Cancelled);

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(lab.Published, Cancelled).AsTask());
    }

    [Fact]
    public async Task Apply_WithAPortThatIsTaken_NamesIt()
    {
        await using var lab = await IngressLab.StartAsync();
        using var other = new TcpListener(lab.Published);
        other.Start();

        var failure = await Assert.ThrowsAsync<AppException>(() => lab.ApplyAsync());

        Assert.Contains($"{lab.Published}", failure.Message, StringComparison.Ordinal);
    }
}
