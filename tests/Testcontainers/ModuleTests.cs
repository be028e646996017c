using System.Net.Sockets;
using System.Text;
using Boreal.Tests.Testcontainers.Fixture;
using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;
using Testcontainers.Redis;

namespace Boreal.Tests.Testcontainers;

/// <summary>Testcontainers' modules with their own wait strategies.</summary>
public sealed class ModuleTests(ServicesEngine engine)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_WhenStarted_AnswersInsideAndThroughItsPort()
    {
        await using var redis = new RedisBuilder(ServiceImages.Redis).WithDockerEndpoint(engine.Host).Build();
        await redis.StartAsync(Cancelled);

        var set = await redis.ExecScriptAsync("return redis.call('SET', 'key', 'value')", Cancelled);
        using var client = new TcpClient();
        await client.ConnectAsync(redis.Hostname, redis.GetMappedPublicPort(RedisBuilder.RedisPort), Cancelled);
        await client.GetStream().WriteAsync("GET key\r\n"u8.ToArray(), Cancelled);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);

        Assert.Equal((0L, "OK"), (set.ExitCode, set.Stdout.Trim()));
        Assert.Equal("$5", await reader.ReadLineAsync(Cancelled));
        Assert.Equal("value", await reader.ReadLineAsync(Cancelled));
    }

    [Fact]
    public async Task Postgres_WhenStarted_KnowsDatabaseAndUser()
    {
        await using var postgres = new PostgreSqlBuilder(ServiceImages.Postgres)
            .WithDockerEndpoint(engine.Host).WithDatabase("shop").WithUsername("keeper").WithPassword("s3cret").Build();
        await postgres.StartAsync(Cancelled);

        var answer = await postgres.ExecScriptAsync("create table t (n int); insert into t select generate_series(1, 100); select current_user || ' ' || sum(n) from t;", Cancelled);
        var (_, log) = await postgres.GetLogsAsync(ct: Cancelled);

        Assert.True(answer.ExitCode == 0, answer.Stderr);
        Assert.Contains("keeper 5050", answer.Stdout, StringComparison.Ordinal);
        Assert.Contains("ready to accept connections", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nginx_WithACopiedPage_ServesItThroughItsPort()
    {
        await using var nginx = new ContainerBuilder(ServiceImages.Nginx)
            .WithDockerEndpoint(engine.Host)
            .WithPortBinding(80, assignRandomHostPort: true)
            .WithResourceMapping("copied in"u8.ToArray(), "/var/www/html/page.html")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(request => request.ForPort(80).ForPath("/page.html")))
            .Build();
        await nginx.StartAsync(Cancelled);

        using var http = new HttpClient();
        Assert.Equal("copied in", await http.GetStringAsync(new UriBuilder("http", nginx.Hostname, nginx.GetMappedPublicPort(80), "page.html").Uri, Cancelled));
        await nginx.StopAsync(Cancelled);
        Assert.Equal(0, await nginx.GetExitCodeAsync(Cancelled));
    }
}
