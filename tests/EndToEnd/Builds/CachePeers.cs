using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>An engine of a test's own, its builders as the stock client knows them, and a context.</summary>
internal sealed class CachePeers : IAsyncDisposable
{
    private const string Remote = "remote";

    private readonly BuildClients _clients;

    private CachePeers(BorealDaemon daemon)
    {
        Daemon = daemon;
        _clients = new BuildClients(daemon.Docker.Host);
    }

    public BorealDaemon Daemon { get; }

    public static async Task<CachePeers> StartAsync()
    {
        var peer = new CachePeers(new BorealDaemon());
        await peer.Daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(peer.Daemon.Docker);
        // A builder that is no part of an engine: there the client lets caches go anywhere.
        await peer._clients.Buildx("buildx", "create", "--name", Remote, "--driver", Remote, peer.Daemon.Docker.Host).OutputAsync();
        return peer;
    }

    /// <summary>Builds with the engine's builder and says what was told of it.</summary>
    public async Task<string> BuildAsync(string folder, params string[] arguments) => await RunAsync(["build", "--progress", "plain", .. arguments, folder]);

    /// <summary>Builds with a builder that has no images.</summary>
    public async Task<string> BuildRemoteAsync(string folder, params string[] arguments) =>
        await RunAsync(["buildx", "--builder", Remote, "build", "--progress", "plain", .. arguments, folder]);

    public Command Docker(params string[] arguments) => _clients.Buildx(arguments);

    /// <summary>The steps whose results are kept.</summary>
    public async Task<string[]> StepsAsync() =>
        [.. (await Docker("buildx", "du", "--filter", "type=regular").OutputAsync()).Split('\n').Skip(1).TakeWhile(line => !line.Contains(':')).Select(line => line.Split(' ')[0])];

    public Task<string> IdAsync(string image) => Docker("image", "inspect", "--format", "{{.Id}}", image).OutputAsync();

    public async ValueTask DisposeAsync()
    {
        _clients.Dispose();
        await Daemon.DisposeAsync();
    }

    private async Task<string> RunAsync(string[] arguments)
    {
        var result = await Docker(arguments).WithVariable("SOURCE_DATE_EPOCH", Epoch).RunAsync();
        return result.ExitCode == 0 ? result.Stderr + result.Stdout : throw new InvalidOperationException($"{string.Join(' ', arguments)}\n{result.Stderr}");
    }

    /// <summary>When builds are said to have happened; null for now.</summary>
    public string? Epoch { get; set; }
}
