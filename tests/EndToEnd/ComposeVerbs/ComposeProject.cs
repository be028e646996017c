using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.ComposeVerbs;

/// <summary>A project in a folder of its own, driven by <c>boreal compose</c> and by the stock plugin; gone with its containers at the end.</summary>
internal sealed class ComposeProject : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new("/dev/shm");
    private readonly TemporaryDirectory _programs = new();
    private readonly DockerCli _stock;
    private readonly DockerCli _boreal;
    private readonly string _name;

    /// <param name="engine">Where it runs.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="services">What stands under <c>services:</c>.</param>
    public ComposeProject(EngineUnderTest engine, string name, string services)
    {
        _name = name;
        File.CreateSymbolicLink(_programs.File("docker"), Repository.Binary("boreal"));
        (_stock, _boreal) = (engine.Docker, new DockerCli(engine.Docker.Host, _programs.Path, _programs.File("docker")));
        Write(services);
    }

    public void Write(string services) => File.WriteAllText(_directory.File("compose.yaml"), $"name: {_name}\nservices:\n{services}\n");

    public Task<CommandResult> BorealAsync(string words) => RunAsync(_boreal, words);

    public Task<CommandResult> StockAsync(string words) => RunAsync(_stock, words);

    /// <summary>The project's containers as <c>NAME ID</c>, sorted.</summary>
    public async Task<IReadOnlyList<string>> ContainersAsync()
    {
        var output = await _stock.OutputAsync("ps", "--no-trunc", "--filter", $"label=com.docker.compose.project={_name}", "--format", "{{.Names}} {{.ID}}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(_boreal, "down --volumes --remove-orphans --timeout 0");
        _directory.Dispose();
        _programs.Dispose();
    }

    private Task<CommandResult> RunAsync(DockerCli docker, string words) =>
        (docker.Shell($"docker compose {words}") with { WorkingDirectory = _directory.Path }).RunAsync();
}
