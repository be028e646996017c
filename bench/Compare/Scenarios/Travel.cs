using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>Images to Debian's docker-registry and back: one big layer, eight layers side by side, and what the engine holds in memory meanwhile.</summary>
internal sealed class Travel(int megabytes, string directory) : Scenario
{
    private const int Layers = 8;
    private const int Larger = 5;

    // Every round compresses bytes that no engine has seen.
    private int _round;

    public override string Name => "travel";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows =>
    [
        new($"push a {megabytes} MB layer, first time", "ms") { AtMostOneIn = 5 },
        new($"pull a {megabytes} MB layer", "ms") { AtMostOneIn = 3 },
        new($"pull {Layers} layers of {megabytes / Layers} MB", "ms") { AtMostOneIn = 4 },
        new($"pull a {Larger * megabytes} MB layer", "ms"),
        new($"daemon(s) at most, RSS, pulling {Larger * megabytes} MB", "MB") { AtMost = 150 },
    ];

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        await using var registry = await DebianRegistry.StartAsync();
        var (push, pull) = await PushAndPullAsync(engine, registry);
        await PutAsync(registry, "eight", Enumerable.Repeat((long)megabytes / Layers, Layers));
        var eight = await PullAsync(engine, $"{registry.Address}/eight:1");
        await PutAsync(registry, "larger", [Larger * (long)megabytes]);
        var watching = new CancellationTokenSource();
        var peak = PeakAsync(engine, watching.Token);
        var larger = await PullAsync(engine, $"{registry.Address}/larger:1");
        await watching.CancelAsync();
        return [push, pull, eight, larger, await peak];
    }

    private async Task<(double Push, double Pull)> PushAndPullAsync(Engine engine, DebianRegistry registry)
    {
        var image = $"{registry.Address}/one:1";
        var tree = Path.Combine(directory, "travel");
        await Command.Shell($"mkdir -p {tree} && head -c {megabytes / 2}M /dev/urandom > {tree}/noise && head -c {megabytes / 2}M /dev/zero | tr '\\0' 'x' > {tree}/letters && tar -cf {tree}.tar -C {tree} . && rm -r {tree}")
            .Within(TimeSpan.FromMinutes(5)).OutputAsync();
        await engine.TimeAsync($"docker import {tree}.tar {image}");
        File.Delete($"{tree}.tar");
        await SettleAsync();
        var push = await engine.TimeAsync($"docker push -q {image}");
        await engine.TimeAsync($"docker rmi {image}");
        return (push, await PullAsync(engine, image));
    }

    private static async Task<double> PullAsync(Engine engine, string image)
    {
        await SettleAsync();
        var time = await engine.TimeAsync($"docker pull -q {image}");
        await engine.TimeAsync($"docker rmi {image}");
        return time;
    }

    private async Task PutAsync(DebianRegistry registry, string repository, IEnumerable<long> layers)
    {
        using var raw = new RawRegistry(registry.Address);
        var path = Path.Combine(directory, "layer");
        var written = new List<(string Digest, long Size, string DiffId)>();
        foreach (var size in layers)
        {
            var layer = await LargeLayer.WriteAsync(path, $"file{written.Count}", size, ++_round);
            await using (var content = File.OpenRead(path)) await raw.PushBlobAsync(repository, layer.Digest, content);
            written.Add(layer);
        }

        File.Delete(path);
        var config = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. written.Select(layer => JsonValue.Create(layer.DiffId))]) },
        }.ToJsonString());
        await raw.PushBlobAsync(repository, config);
        var descriptors = written.Select(JsonNode (layer) => new JsonObject
        {
            ["mediaType"] = "application/vnd.oci.image.layer.v1.tar+gzip",
            ["digest"] = layer.Digest,
            ["size"] = JsonNode.Parse(layer.Size.ToString(CultureInfo.InvariantCulture)),
        });
        await raw.PushManifestAsync(repository, "1", HandmadeImage.Manifest(config, descriptors), HandmadeImage.ManifestType);
    }

    // What others wrote goes to the disk first, and not on anybody's account.
    private static Task<CommandResult> SettleAsync() => Command.Of("sync").Within(TimeSpan.FromMinutes(5)).RunAsync();

    private static async Task<double> PeakAsync(Engine engine, CancellationToken cancellationToken)
    {
        var peak = 0.0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken)) peak = Math.Max(peak, engine.DaemonPids.Sum(ProcessTree.ResidentMegabytes));
        }
        catch (OperationCanceledException)
        {
            // The pull is over.
        }

        return peak;
    }
}
