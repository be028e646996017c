using System.Diagnostics;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare.Scenarios.Building;

/// <summary>A context with a Dockerfile, and how the stock client builds it. What is built is told by a label, so that it can be removed.</summary>
internal sealed class BuildFolder(string parent, string name)
{
    private const string Label = "boreal-bench-build";

    // Not seeded: a rival that is measured again would remember what it built.
    private readonly Random _random = new();

    public string Folder { get; } = Path.Combine(parent, name);

    private string Tag => $"boreal-bench/{name}";

    // The plugin that speaks BuildKit's protocol.
    private string Client { get; } = Path.Combine(parent, name + "-client");

    /// <summary>Makes the context anew, with a client's configuration beside it.</summary>
    public void Create(string dockerfile)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "Dockerfile"), dockerfile);
        var plugin = Path.Combine(Directory.CreateDirectory(Path.Combine(Client, "cli-plugins")).FullName, "docker-buildx");
        if (!File.Exists(plugin)) File.CreateSymbolicLink(plugin, Requirements.DockerPlugin("docker-buildx"));
    }

    public void Fill(string folder, int files, int bytes)
    {
        var content = new byte[bytes];
        for (var i = 0; i < files; i++)
        {
            _random.NextBytes(content);
            Write($"{folder}/{i / 200}/{i}", content);
        }
    }

    public void Write(string file, byte[] content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? throw new UnreachableException("a file lies in a folder"));
        File.WriteAllBytes(path, content);
    }

    /// <summary>A file with content that no engine has seen.</summary>
    public void Change(string file)
    {
        var content = new byte[4096];
        _random.NextBytes(content);
        Write(file, content);
    }

    /// <summary>By the plugin, on BuildKit's protocol.</summary>
    public Task<double> BuildAsync(Engine engine, string options = "") =>
        engine.TimeAsync($"DOCKER_CONFIG={Client} docker build -q -t {Tag} --label {Label}=1 {options} {Folder}");

    /// <summary>By the client itself, with the context as an archive.</summary>
    public Task<double> BuildClassicAsync(Engine engine) =>
        engine.TimeAsync($"DOCKER_BUILDKIT=0 docker build -q -t {Tag} --label {Label}=1 {Folder}");

    /// <summary>By our own client where the engine is ours; by the plugin elsewhere.</summary>
    public Task<double> BuildByOwnAsync(Engine engine) => engine.Name is "boreal"
        ? engine.TimeAsync($"{Repository.Binary("boreal")} build -q -t {Tag} --label {Label}=1 {Folder}")
        : BuildAsync(engine);

    /// <summary>What client and plugin take to do nothing, in milliseconds.</summary>
    public async Task<double> IdleAsync() =>
        (await Command.Of("docker", "buildx", "version").WithVariable("DOCKER_CONFIG", Client).RunAsync()).Succeeded("docker buildx version").Duration.TotalMilliseconds;

    public async Task CleanAsync(Engine engine)
    {
        await engine.Docker.RunAsync("rmi", "-f", Tag);
        await engine.Docker.RunAsync("image", "prune", "-f", "--filter", $"label={Label}");
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
