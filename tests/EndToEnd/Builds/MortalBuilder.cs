using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>An engine of a test's own that is killed while it works, and the folder that it builds.</summary>
internal sealed class MortalBuilder : IAsyncDisposable
{
    private readonly TemporaryDirectory _context;
    private readonly Random _random;

    private MortalBuilder(TemporaryDirectory context, CachePeers engine, int seed) => (_context, Engine, _random) = (context, engine, new Random(seed));

    public CachePeers Engine { get; }

    public string Context => _context.Path;

    /// <param name="dockerfile">What is built.</param>
    /// <param name="seed">Of the moments at which the engine is killed.</param>
    public static async Task<MortalBuilder> StartAsync(string dockerfile, int seed)
    {
        var context = new TemporaryDirectory();
        await File.WriteAllTextAsync(context.File("Dockerfile"), dockerfile, TestContext.Current.CancellationToken);
        return new MortalBuilder(context, await CachePeers.StartAsync(), seed);
    }

    /// <summary>Kills the engine at a moment between two from now.</summary>
    public async Task KillAsync(TimeSpan earliest, TimeSpan latest)
    {
        await Task.Delay(earliest + ((latest - earliest) * _random.NextDouble()), TimeProvider.System, TestContext.Current.CancellationToken);
        await Engine.Daemon.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _context.Dispose();
    }
}
