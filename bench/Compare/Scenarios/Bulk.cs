using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>A big image of many files, half of it compressible: imported, saved, removed, loaded again.</summary>
internal sealed class Bulk(int megabytes, string directory) : Scenario
{
    private const string Reference = "boreal-bench/bulk:latest";
    private const int FileMegabytes = 4;

    private string Archive => Path.Combine(directory, "bulk.tar");

    public override string Name => "bulk";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows =>
    [
        new($"import a {megabytes} MB tar", "ms") { AtMostOneIn = 3 },
        new($"load a saved {megabytes} MB image", "ms") { AtMostOneIn = 4 },
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        if (File.Exists(Archive)) return;
        var tree = Path.Combine(directory, "bulk");
        var files = megabytes / FileMegabytes;
        await Command.Shell($"mkdir -p {tree}; for i in $(seq 1 {files}); do head -c {FileMegabytes / 2}M /dev/urandom > {tree}/f$i; head -c {FileMegabytes / 2}M /dev/zero | tr '\\0' 'x' >> {tree}/f$i; done; tar -cf {Archive} -C {tree} .; rm -r {tree}")
            .Within(TimeSpan.FromMinutes(5)).OutputAsync();
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        var saved = Path.Combine(directory, "saved.tar");
        var import = await engine.TimeAsync($"docker import {Archive} {Reference}");
        await engine.TimeAsync($"docker save -o {saved} {Reference}");
        await engine.TimeAsync($"docker rmi {Reference}");
        var load = await engine.TimeAsync($"docker load -q -i {saved}");
        await engine.TimeAsync($"docker rmi {Reference}");
        File.Delete(saved);
        return [import, load];
    }

    public override Task CleanAsync(Engine engine)
    {
        File.Delete(Archive);
        return Task.CompletedTask;
    }

    /// <summary>Copying the tar to the disk.</summary>
    public override async Task<double?> FloorAsync()
    {
        var copy = Path.Combine(directory, "copy");
        var result = await Command.Shell($"cp {Archive} {copy} && sync -d {copy}").Within(TimeSpan.FromMinutes(5)).RunAsync();
        File.Delete(copy);
        return result.Duration.TotalMilliseconds;
    }
}
