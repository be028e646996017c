using System.Net;
using System.Net.WebSockets;
using System.Text;
using Boreal.Orchestrator.Routes;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Boreal.Tests.Functional.Ingress;

public sealed class ForwardingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_OfAnOrdinaryRequest_TellWhoAskedAndForWhat()
    {
        await using var lab = await IngressLab.StartAsync();
        await lab.AddAsync("a", Tell);
        await lab.ApplyReadyAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, lab.Url("/x?y=1"));
        request.Headers.Add("X-Forwarded-For", "6.6.6.6");
        request.Headers.Host = "shop.example.org";
        using var answer = await lab.Client.SendAsync(request, Cancelled);

        Assert.Equal($"shop.example.org /x ?y=1 127.0.0.1 http shop.example.org {lab.Published.Port}", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Headers_WhereTheProxyInFrontIsTrusted_KeepWhatItSays()
    {
        await using var lab = await IngressLab.StartAsync();
        lab.Settings = new HttpSettings { TrustsForwarded = true };
        await lab.AddAsync("a", context => context.Response.WriteAsync($"{context.Request.Headers["X-Forwarded-For"]} {context.Request.Headers["X-Forwarded-Proto"]}"));
        await lab.ApplyReadyAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, lab.Url());
        request.Headers.Add("X-Forwarded-For", "6.6.6.6");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await lab.Client.SendAsync(request, Cancelled);

        Assert.Equal("6.6.6.6, 127.0.0.1 https", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Sticky_Client_StaysWithItsBackendAsLongAsThatIsThere()
    {
        await using var lab = await IngressLab.StartAsync();
        lab.Settings = new HttpSettings { StickyCookie = "place" };
        await lab.AddAsync("a");
        await lab.AddAsync("b");
        await lab.ApplyReadyAsync();
        using var client = new HttpClient();

        var answers = new HashSet<string>();
        for (var count = 0; count < 10; count++) answers.Add(await client.GetStringAsync(lab.Url(), Cancelled));
        var first = Assert.Single(answers);
        await lab.ApplyAsync(IngressLab.Ready(lab, other => other != first));

        Assert.NotEqual(first, await client.GetStringAsync(lab.Url(), Cancelled));
    }

    [Fact]
    public async Task WebSocket_ThroughTheIngress_EchoesAndIsInFlight()
    {
        await using var lab = await IngressLab.StartAsync();
        await lab.AddAsync("a", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            for (var got = await socket.ReceiveAsync(buffer, Cancelled); got.MessageType is not WebSocketMessageType.Close; got = await socket.ReceiveAsync(buffer, Cancelled))
                await socket.SendAsync(buffer.AsMemory(0, got.Count), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancelled);
        });
        await lab.ApplyReadyAsync();

        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{lab.Published}/"), Cancelled);
        await client.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        var answer = new byte[1024];
        var received = await client.ReceiveAsync(answer, Cancelled);

        Assert.Equal("hello", Encoding.UTF8.GetString(answer, 0, received.Count));
        Assert.Equal(1, lab.Ingress.CountInFlight(IngressLab.Service, "a"));
        Assert.Equal(1, lab.Ingress.TrafficOf(IngressLab.Service)?.Answers[0]);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancelled);
        await Eventually.HoldsAsync(() => lab.Ingress.CountInFlight(IngressLab.Service, "a") == 0, "the socket is over");
    }

    [Fact]
    public async Task Http2_WithoutTls_ReachesAnHttp2BackendWithItsTrailers()
    {
        await using var lab = await IngressLab.StartAsync();
        lab.AppProtocol = "grpc";
        await lab.AddAsync("a", async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await context.Response.WriteAsync($"{context.Request.Protocol} {body}");
            context.Response.AppendTrailer("grpc-status", "0");
        }, HttpProtocols.Http2);
        await lab.ApplyReadyAsync();

        using var request = new HttpRequestMessage(HttpMethod.Post, lab.Url("/greeter/hello"))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new StringContent("message"),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.Add(new("trailers"));
        using var answer = await lab.Client.SendAsync(request, Cancelled);

        Assert.Equal("HTTP/2 message", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Upload_OfALargeBody_Arrives()
    {
        await using var lab = await IngressLab.StartAsync();
        await lab.AddAsync("a", async context =>
        {
            var count = 0L;
            var buffer = new byte[64 << 10];
            for (int got; (got = await context.Request.Body.ReadAsync(buffer)) > 0;) count += got;
            await context.Response.WriteAsync($"{count}");
        });
        await lab.ApplyReadyAsync();

        using var answer = await lab.Client.PostAsync(lab.Url(), new ByteArrayContent(new byte[20 << 20]), Cancelled);

        Assert.Equal($"{20 << 20}", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Traffic_AfterRequests_TellsTheirCountsAndTimes()
    {
        await using var lab = await IngressLab.StartAsync();
        await lab.AddAsync("a", context =>
        {
            context.Response.StatusCode = context.Request.Path == "/bad" ? 500 : 200;
            return Task.CompletedTask;
        });
        await lab.ApplyReadyAsync();
        for (var count = 0; count < 9; count++) await lab.GetAsync();
        using var bad = await lab.Client.GetAsync(lab.Url("/bad"), Cancelled);
        await Eventually.HoldsAsync(() => lab.Ingress.TrafficOf(IngressLab.Service) is { InFlight: 0 }, "all requests are over");

        var traffic = Assert.Single(lab.Ingress.Traffic);

        Assert.Equal((10, 9, 1), (traffic.Began, traffic.Answers[1], traffic.Failed));
        Assert.Equal(10, traffic.Times.Count);
        Assert.InRange(traffic.Times.Percentile(0.5) ?? 0, 1e-5, 1);
        Assert.InRange(traffic.Busy.TotalSeconds, 1e-4, 10);
    }

    private static Task Tell(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Request.Headers);
        return context.Response.WriteAsync(
            $"{request.Host} {request.Path} {request.QueryString} {headers["X-Forwarded-For"]} {headers["X-Forwarded-Proto"]} {headers["X-Forwarded-Host"]} {headers["X-Forwarded-Port"]}");
    }
}
