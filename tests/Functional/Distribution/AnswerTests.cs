using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Tests.TestKit.Machine;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Distribution;

/// <summary>What registries and the things in front of them answer besides content.</summary>
public sealed class AnswerTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly RegistryCredentials Ann = new() { Username = PeerTokens.User, Password = PeerTokens.Password };

    [Fact]
    public async Task Redirect_ToAnotherHost_LeavesCredentialsAtHome()
    {
        await using var store = await PeerRegistry.StartAsync();
        await using var peer = await PeerRegistry.StartAsync();
        var content = "content"u8.ToArray();
        var blob = store.AddBlob(content);
        peer.Intercept = context =>
        {
            if (context.Request.Headers.Authorization.Count == 0)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"r\"";
                return Task.FromResult(true);
            }
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = $"http://{store.Host}{context.Request.Path}?sig=a%2Bb%7E+%41";
            return Task.FromResult(true);
        };
        using var client = PeerRegistry.Client();

        Assert.Equal(content, await client.Open(peer.Reference("a"), Ann).GetBlobAsync(blob, 100, Cancellation));

        var asked = Assert.Single(store.Requests);
        Assert.Equal((null, "?sig=a%2Bb%7E+%41"), (asked.Authorization, asked.Query));
    }

    [Fact]
    public async Task Redirect_InCircles_Ends()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = context =>
        {
            if (context.Request.Path == "/v2/")
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = context.Request.Path.Value;
            return Task.FromResult(true);
        };
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.EndsWith("stopped after 10 redirects", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyRequests_ForAMoment_IsWaitedFor()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        var refused = 0;
        peer.Intercept = context =>
        {
            if (context.Request.Path == "/v2/" || refused++ >= 2)
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "0";
            return Task.FromResult(true);
        };
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);

        Assert.Equal(3, refused);
    }

    [Fact]
    public async Task TooManyRequests_ForHours_IsSaidAtOnce()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = async context =>
        {
            if (context.Request.Path == "/v2/")
                return false;
            context.Response.Headers["RateLimit-Limit"] = "100;w=21600";
            context.Response.Headers["RateLimit-Remaining"] = "0;w=21600";
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status429TooManyRequests, """{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}""");
            return true;
        };
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal(DistributionErrorKind.TooManyRequests, failure.Kind);
        Assert.Equal("toomanyrequests: You have reached your pull rate limit. (the registry allows 100 pulls per 6 h, 0 left)", failure.Message);
        Assert.Equal(new RateLimit(100, 0, TimeSpan.FromHours(6)), failure.RateLimit);
        Assert.Equal(2, peer.Requests.Count);
    }

    [Theory]
    [InlineData(404, "application/json", "", "error parsing HTTP 404 response body: unexpected end of JSON input: \"\"")]
    [InlineData(404, "application/json", "{\"errors\":[]}", "error parsing HTTP 404 response body: no error details found in HTTP response body: \"{\\\"errors\\\":[]}\"")]
    [InlineData(401, "application/json", "", "unauthorized: authentication required")]
    [InlineData(401, "application/json", "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}", "unauthorized")]
    [InlineData(403, "application/json", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no way\"}]}", "denied: no way")]
    [InlineData(403, "application/json", "{\"details\":\"det\"}", "denied: det")]
    [InlineData(400, "application/json", "{\"errors\":[{\"code\":\"FOO\",\"message\":\"bar\"}]}", "unknown: bar")]
    [InlineData(401, null, "text", "unauthorized: text")]
    [InlineData(500, null, "oops", "received unexpected HTTP status: 500 Internal Server Error")]
    [InlineData(503, "application/json", "hello", "received unexpected HTTP status: 503 Service Unavailable")]
    public async Task Refusal_OfAnyKind_ReadsAsDockers(int status, string? type, string body, string message)
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = async context =>
        {
            if (context.Request.Path == "/v2/")
                return false;
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await PeerRegistry.WriteAsync(context, System.Text.Encoding.UTF8.GetBytes(body));
            return true;
        };
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal((message, status), (failure.Message, failure.Status));
    }

    [Fact]
    public async Task ServerError_OfAMoment_IsTriedAgain()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        var answered = 0;
        peer.Intercept = context =>
        {
            if (context.Request.Path == "/v2/" || answered++ > 0)
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return Task.FromResult(true);
        };
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);

        Assert.Equal(2, answered);
    }

    [Fact]
    public async Task NobodyThere_HasDockersWords()
    {
        var port = FreePort.Find();
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() =>
            client.Open(Boreal.Oci.References.ImageReference.Parse($"127.0.0.1:{port}/a")).GetManifestAsync("1", Cancellation));

        Assert.Equal($"Get \"http://127.0.0.1:{port}/v2/\": dial tcp 127.0.0.1:{port}: connect: connection refused", failure.Message);
        Assert.True(failure.IsUnreachable);
    }

    [Fact]
    public async Task SilentPeer_IsGivenUp()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = async context =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return true;
        };
        using var client = PeerRegistry.Client(options: PeerRegistry.Impatient with { AnswerTimeout = TimeSpan.FromMilliseconds(200) });

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Contains("Client.Timeout exceeded while awaiting headers", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_OfTheRegistry_AreKeptOnce()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        peer.Intercept = context =>
        {
            context.Response.Headers.Append("Warning", "299 - \"quota \\\"90 %\\\"\"");
            context.Response.Headers.Append("Warning", "110 - \"stale\"");
            return Task.FromResult(false);
        };
        using var client = PeerRegistry.Client();
        var repository = client.Open(peer.Reference("a"));

        await repository.GetManifestAsync("1", Cancellation);
        await repository.GetManifestAsync("1", Cancellation);

        Assert.Equal("quota \"90 %\"", Assert.Single(repository.Warnings));
    }

    [Fact]
    public async Task Tags_InPages_AreOneList()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/tags/list", StringComparison.Ordinal))
                return false;
            var isFirst = context.Request.Query["last"].Count == 0;
            if (isFirst)
                context.Response.Headers.Link = "</v2/a/tags/list?last=b&n=2>; rel=\"next\"";
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status200OK, isFirst ? """{"name":"a","tags":["a","b"]}""" : """{"name":"a","tags":["c"]}""");
            return true;
        };
        using var client = PeerRegistry.Client();

        Assert.Equal(["a", "b", "c"], await client.Open(peer.Reference("a")).ListTagsAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Tags_ThatContinueWithThemselves_AreRefused()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = async context =>
        {
            if (context.Request.Path == "/v2/")
                return false;
            context.Response.Headers.Link = "</v2/a/tags/list?last=b>; rel=\"next\"";
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status200OK, """{"name":"a","tags":["a"]}""");
            return true;
        };
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).ListTagsAsync(Cancellation).CountAsync(Cancellation).AsTask());

        Assert.Equal(DistributionErrorKind.Invalid, failure.Kind);
        Assert.Equal(3, peer.Requests.Count);
    }

    [Fact]
    public async Task Refusal_WithTerminalCodes_IsPrintedWithoutThem()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = async context =>
        {
            if (context.Request.Path == "/v2/")
                return false;
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status403Forbidden, """{"errors":[{"code":"DENIED","message":"a\u001b[31mb\r"}]}""");
            return true;
        };
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal("denied: a[31mb", failure.Message);
    }

    [Fact]
    public async Task Mirror_ThatIsDown_IsNotWaitedForAgain()
    {
        await using var mirror = await PeerRegistry.StartAsync();
        await using var peer = await PeerRegistry.StartAsync();
        mirror.Intercept = async context =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return true;
        };
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.File(peer.Host));
        await File.WriteAllTextAsync(Path.Combine(directory.File(peer.Host), "hosts.toml"), $"[host.\"http://{mirror.Host}\"]", Cancellation);
        using var client = PeerRegistry.Client(new RegistryHostsOptions { ConfigDirectory = directory.Path }, PeerRegistry.Impatient with { AnswerTimeout = TimeSpan.FromMilliseconds(300) });

        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);
        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);

        Assert.Single(mirror.Requests);
    }

    [Fact]
    public async Task Mirror_WithoutTheImage_IsPassedOver()
    {
        await using var mirror = await PeerRegistry.StartAsync();
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        mirror.AddManifest("a", "2", "{ }"u8.ToArray());
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.File(peer.Host));
        await File.WriteAllTextAsync(Path.Combine(directory.File(peer.Host), "hosts.toml"), $"""
            [host."http://{mirror.Host}".header]
              X-Key = "k"
            """, Cancellation);
        using var client = PeerRegistry.Client(new RegistryHostsOptions { ConfigDirectory = directory.Path });
        var repository = client.Open(peer.Reference("a"), Ann);

        Assert.Equal(2, (await repository.GetManifestAsync("1", Cancellation)).Content.Length);
        Assert.Equal(3, (await repository.GetManifestAsync("2", Cancellation)).Content.Length);

        Assert.All(mirror.Requests.Where(request => request.Path != "/v2/"), request => Assert.Equal($"?ns={Uri.EscapeDataString(peer.Host)}", request.Query));
        Assert.DoesNotContain(peer.Requests, request => request.Path.EndsWith("/2", StringComparison.Ordinal));
    }
}
