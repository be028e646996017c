using System.Globalization;
using System.Net;
using System.Text.Json;
using Boreal.Tests.EndToEnd.Apps.Load;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Apps;

/// <summary>A project with the service <c>web</c> of the test's web server, on an engine of its own, by <c>boreal compose</c>.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    public const string Name = "proof";

    private readonly TemporaryDirectory _directory = new();

    public WebApp() => Daemon = new BorealDaemon("--ingress-http", $"{RoutedAddress}", "--ingress-https", $"127.0.0.1:{FreePort.Find()}");

    public BorealDaemon Daemon { get; }

    public IPEndPoint Address { get; } = new(IPAddress.Loopback, FreePort.Find());

    /// <summary>Where requests for routes arrive.</summary>
    public IPEndPoint RoutedAddress { get; } = new(IPAddress.Loopback, FreePort.Find());

    /// <summary>Of the published port; empty: it is balanced by connection.</summary>
    public string AppProtocol { get; init; } = "";

    public async Task StartAsync()
    {
        await Daemon.StartAsync();
        await WebImage.ImportAsync(Daemon.Docker);
    }

    /// <summary>What follows <c>web:</c> in the compose file, indented by four; the image and the port are there already.</summary>
    public Task WriteAsync(string settings, string others = "") => File.WriteAllTextAsync(_directory.File("compose.yaml"), $$"""
        name: {{Name}}
        services:
          web:
            image: {{WebImage.Name}}
            ports: [{target: 80, published: "{{Address.Port.ToString(CultureInfo.InvariantCulture)}}", app_protocol: "{{AppProtocol}}"}]
        {{Indent(settings, 4)}}
        {{Indent(others, 2)}}
        """);

    public Command Boreal(params string[] arguments) =>
        Command.Of(Repository.Binary("boreal"), ["-H", Daemon.Docker.Host, .. arguments]).In(_directory.Path);

    public Task<string> ComposeAsync(params string[] arguments) => Boreal(["compose", .. arguments]).OutputAsync();

    /// <summary>What the API says about the service.</summary>
    public async Task<JsonElement> InspectAsync(string service = "web") =>
        JsonDocument.Parse(await Boreal("app", "inspect", $"{Name}/{service}").OutputAsync()).RootElement;

    public Task<string> WhyAsync(string service = "web") => Boreal("why", $"{Name}/{service}").OutputAsync();

    public async Task<IReadOnlyList<string>> ContainersAsync(string service = "web") =>
        (await Daemon.Docker.OutputAsync("ps", "-q", "--no-trunc", "--filter", $"label=com.docker.compose.service={service}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Task ConvergesAsync(string service = "web", TimeSpan? within = null) =>
        Eventually.HoldsAsync(async () => (await InspectAsync(service)).GetProperty("Converged").GetBoolean(), $"{service} is as asked", within);

    /// <summary>Kills the first process of a container, as the kernel would: the engine is told by its end only. Returns when it has seen that.</summary>
    public async Task KillAsync(string container)
    {
        var pid = await Daemon.Docker.InspectAsync(container, "{{.State.Pid}}");
        await ProcessList.SignalAsync(int.Parse(pid, CultureInfo.InvariantCulture), "KILL");
        await Eventually.HoldsAsync(async () => (await Daemon.Docker.RunAsync("inspect", "--format", "{{.State.Pid}}", container)).Stdout.Trim() != pid, "the engine has seen the end");
    }

    public ConstantLoad Load() => ConstantLoad.Mixed(Address);

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(_directory.File("compose.yaml")))
            await Boreal("compose", "down", "--volumes", "--timeout", "1").RunAsync();
        await Daemon.DisposeAsync();
        _directory.Dispose();
    }

    private static string Indent(string text, int by) => string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));
}
