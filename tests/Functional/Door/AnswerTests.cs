using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Door;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("GET /nope", "404 Not Found", "page not found")]
    [InlineData("PATCH /fail/NotFound", "404 Not Found", "page not found")]
    [InlineData("GET /v1.99/fail/NotFound", "400 Bad Request", "client version 1.99 is too new. Maximum supported API version is 1.51")]
    [InlineData("GET /v1.12/fail/NotFound", "400 Bad Request", "client version 1.12 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version")]
    [InlineData("GET /v1.x/fail/NotFound", "404 Not Found", "page not found")]
    [InlineData("GET /v1.24/fail/NotFound", "404 Not Found", "<NotFound> & more")]
    [InlineData("GET /fail/Conflict", "409 Conflict", "<Conflict> & more")]
    [InlineData("GET /fail/Bug", "500 Internal Server Error", "a bug")]
    public async Task Failure_OfAnyKind_IsDockersJson(string request, string status, string message)
    {
        await using var door = await OpenDoor.OpenAsync(Map);

        var answer = await AskAsync(door, $"{request} HTTP/1.1\r\nHost: x\r\n");

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith($"\r\n\r\n{{\"message\":\"{message}\"}}\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Api-Version: 1.51")]
    [InlineData("Docker-Experimental: false")]
    [InlineData("Ostype: linux")]
    [InlineData("Server: Docker/")]
    public async Task Headers_OnEveryAnswer_AreDockers(string header)
    {
        await using var door = await OpenDoor.OpenAsync(Map);

        Assert.Contains($"\r\n{header}", await AskAsync(door, "GET /ok HTTP/1.1\r\nHost: x\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: %2Fvar%2Frun%2Fboreal.sock")]
    [InlineData("Host: api.moby.localhost")]
    [InlineData("host:")]
    public async Task Host_WhateverClientsPutThere_IsAccepted(string host)
    {
        await using var door = await OpenDoor.OpenAsync(Map);

        Assert.StartsWith("HTTP/1.1 200", await AskAsync(door, $"GET /ok HTTP/1.1\r\n{host}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_InABody_IsLeftAlone()
    {
        await using var door = await OpenDoor.OpenAsync(Map);
        using var client = door.Connect();

        await client.SendAsync("POST /echo HTTP/1.1\r\nHost: %2F\r\nContent-Length: 14\r\nConnection: close\r\n\r\n");
        await client.SendAsync("\r\nHost: a%2Fb\r\n"[..14]);

        Assert.Contains("\r\nHost: a%2Fb\r", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_WithSlashes_MayComeEscaped()
    {
        await using var door = await OpenDoor.OpenAsync(Map);

        Assert.Contains("\r\nteam/app\r\n", await AskAsync(door, "GET /images/team%2Fapp/name HTTP/1.1\r\nHost: x\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_FailingHalfWay_IsNotEndedAsIfWhole()
    {
        await using var door = await OpenDoor.OpenAsync(Map);

        Assert.DoesNotContain("\r\n0\r\n\r\n", await AskAsync(door, "GET /broken HTTP/1.1\r\nHost: x\r\n"), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(OpenDoor door, string request)
    {
        using var client = door.Connect();
        await client.SendAsync($"{request}Connection: close\r\n\r\n");
        return await client.ReadToEndAsync();
    }

    private static void Map(RouteTable routes)
    {
        routes.Get("/ok", context => context.AnswerAsync(200));
        routes.Get("/fail/{kind}", context => Enum.TryParse<ErrorKind>(context.RouteValue("kind"), out var kind)
            ? throw new EngineException(kind, $"<{kind}> & more")
            : throw new InvalidOperationException("a bug"));
        routes.Get("/images/{name*}/name", context => context.Response.WriteAsync(context.RouteValue("name")));
        routes.Post("/echo", context => context.Request.Body.CopyToAsync(context.Response.Body));
        routes.Get("/broken", async context =>
        {
            await context.StartStreamAsync("text/plain", context.Gone());
            await context.Response.WriteAsync("half");
            throw new EngineException(ErrorKind.Internal, "the other half is missing");
        });
    }
}
