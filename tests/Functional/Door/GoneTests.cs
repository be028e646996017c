using Boreal.Daemon.Http;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Door;

public sealed class GoneTests
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("")]
    [InlineData("Connection: Upgrade\r\nUpgrade: tcp\r\n")]
    public async Task Gone_ClientVanishes_IsCancelledWhileNothingIsWritten(string headers)
    {
        await using var door = await OpenDoor.OpenAsync(Map);
        var client = door.Connect();
        await client.SendAsync($"GET {(headers.Length > 0 ? "/hijack" : "/wait")} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        await _arrived.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        client.Dispose();

        await _gone.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Gone_ClientOnlyFinishesSending_LateOutputStillArrives()
    {
        await using var door = await OpenDoor.OpenAsync(Map);
        using var client = door.Connect();
        await client.SendAsync("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
        client.FinishSending();
        await _arrived.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await client.ReadUntilAsync("first\n");

        _release.SetResult();

        Assert.Contains("late\n", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.False(_gone.Task.IsCompleted);
    }

    [Fact]
    public async Task Stop_WhileAStreamIsOpen_EndsItAtOnce()
    {
        await using var door = await OpenDoor.OpenAsync(Map);
        using var client = door.Connect();
        await client.SendAsync("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
        await client.ReadUntilAsync("first\n");

        await door.StopAsync(Patience).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(_gone.Task.IsCompleted);
    }

    [Fact]
    public async Task Stop_WhileARequestIsServed_LetsItFinish()
    {
        await using var door = await OpenDoor.OpenAsync(Map);
        using var client = door.Connect();
        await client.SendAsync("POST /work HTTP/1.1\r\nHost: x\r\n\r\n");
        await _arrived.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var stopping = door.StopAsync(Patience);
        _release.SetResult();

        Assert.Contains("done", await client.ReadToEndAsync(), StringComparison.Ordinal);
        await stopping;
    }

    private async Task ReleasedAsync(CancellationToken gone)
    {
        try
        {
            await _release.Task.WaitAsync(gone);
        }
        catch (OperationCanceledException)
        {
            _gone.SetResult();
            throw;
        }
    }

    private void Map(RouteTable routes)
    {
        routes.Get("/wait", async context =>
        {
            var gone = context.Gone();
            await context.StartStreamAsync("text/plain", gone);
            await context.Response.WriteAsync("first\n", gone);
            _arrived.SetResult();
            await ReleasedAsync(gone);
            await context.Response.WriteAsync("late\n", gone);
        });
        routes.Get("/hijack", async context =>
        {
            var client = await Hijack.AcceptAsync(context, multiplexed: false);
            _arrived.SetResult();
            await ReleasedAsync(client.Gone);
        });
        routes.Post("/work", async context =>
        {
            _arrived.SetResult();
            await _release.Task;
            await context.Response.WriteAsync("done");
        });
    }
}
