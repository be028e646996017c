using Boreal.Bench.Compare.Scenarios;
using Boreal.Bench.Compare.Scenarios.Building;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Images;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Bench.Compare;

/// <summary>Runs every scenario on every engine by turns, so that what else the machine does falls on all of them.</summary>
internal sealed class Comparison : IAsyncDisposable
{
    private readonly Options _options;
    private readonly TemporaryDirectory _directory = new();
    private readonly List<Engine> _engines = [];
    private BorealDaemon? _daemon;

    private Comparison(Options options) => _options = options;

    public static async Task<Comparison> StartAsync(Options options)
    {
        var comparison = new Comparison(options);
        if (options.Boreal is { } address) comparison.Add(Engine.Ours, address);
        else await comparison.StartBorealAsync();
        foreach (var (name, peer) in options.Peers) comparison.Add(name, peer);
        foreach (var engine in comparison._engines) await comparison.ImportAsync(engine);
        return comparison;
    }

    public async Task<Results> RunAsync()
    {
        var results = new Results([.. _engines.Select(engine => engine.Name)]);
        foreach (var scenario in All().Where(scenario => _options.Only.Count == 0 || _options.Only.Contains(scenario.Name)))
        {
            foreach (var engine in _engines) await scenario.PrepareAsync(engine);
            var rounds = scenario.IsLong ? _options.LongRounds : _options.Rounds;
            for (var round = 0; round < rounds; round++)
            {
                foreach (var engine in _engines) results.Add(scenario, engine.Name, await scenario.MeasureAsync(engine));
                Console.Error.WriteLine($"{scenario.Name} {round + 1}/{rounds}");
            }
            results.AddFloor(scenario, await scenario.FloorAsync());
            foreach (var engine in _engines) await scenario.CleanAsync(engine);
        }
        return results;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.Docker.RunAsync("rmi", "-f", Image.Reference);
            engine.Dispose();
        }
        if (_daemon is not null) await _daemon.DisposeAsync();
        _directory.Dispose();
    }

    private Scenario[] All() =>
    [
        new IdleMemory(),
        new RunToEnd("run", "bridge", 7),
        new RunToEnd("none", "none", 6),
        new ExecTrue(),
        new Crowd(_options.Containers),
        new Bulk(_options.Megabytes, _directory.Path),
        new Travel(_options.Megabytes, _directory.Path),
        new Serving(_options.Megabytes, _directory.Path),
        new ComposeProject(_directory.Path),
        new AppProject(_directory.Path),
        new CachedBuild(_directory.Path),
        new ChangedFolder(_directory.Path),
        new SideBySideStages(_directory.Path),
        new ContextTransfer(_options.Megabytes, _directory.Path),
        new ManyFiles(_directory.Path),
        new NetworkVerbs(),
        new NameQueries(),
        new Throughput(),
        new SharedPort(),
        new HttpService(),
    ];

    private void Add(string name, string address) => _engines.Add(new Engine(name, new DockerCli(address, _directory.Path)));

    private async Task StartBorealAsync()
    {
        _daemon = new BorealDaemon();
        await _daemon.StartAsync();
        _engines.Add(new Engine(Engine.Ours, _daemon.Docker));
    }

    private async Task ImportAsync(Engine engine)
    {
        var path = _directory.File("busybox.tar");
        if (!File.Exists(path))
        {
            await using var file = File.Create(path);
            await BusyboxImage.WriteAsync(file);
        }
        await engine.Docker.OutputAsync("import", path, Image.Reference);
    }
}
