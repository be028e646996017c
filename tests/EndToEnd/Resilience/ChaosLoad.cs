using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;

namespace Boreal.Tests.EndToEnd.Resilience;

/// <summary>Clients that start, use and remove containers without end, and do not mind when the engine is not there.</summary>
internal sealed class ChaosLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public ChaosLoad(DockerCli docker)
    {
        _work = Task.WhenAll(
            RepeatAsync(docker, "docker run --rm -v /anonymous busybox true"),
            RepeatAsync(docker, "docker run -d --name passing -p 127.0.0.1::80 busybox sleep 100; docker exec passing true; docker rm -f passing"),
            RepeatAsync(docker, "docker exec steady-$(($$ % 20)) echo hello; docker ps -a; docker logs -n 5 steady-1"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task RepeatAsync(DockerCli docker, string line)
    {
        while (!_stop.IsCancellationRequested)
        {
            await docker.Shell(line).RunAsync();
            await Task.Yield();
        }
    }
}
