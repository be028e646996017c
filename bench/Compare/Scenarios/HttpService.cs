using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>
/// A service reached through the ingress, by wrk. An engine without one has nginx in front of the container, with kept connections and
/// the same headers. The container runs nginx everywhere.
/// </summary>
internal sealed partial class HttpService : Scenario
{
    private const string App = "boreal-bench-http";
    private const string Load = "-t2 -c64 -d5s";
    private const string Calm = "-t1 -c2 -d3s";

    private readonly Dictionary<string, List<(RunningCommand Server, TemporaryDirectory Folder)>> _servers = [];
    private readonly Dictionary<string, (IPEndPoint Front, IPEndPoint Direct)> _places = [];

    public override string Name => "http";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows =>
    [
        new("HTTP request of 64 connections through the ingress (peers: nginx)", "µs") { AtMostOneIn = 0.7 },
        new("what it adds to the median of 2 connections", "ms") { AtMost = 1 },
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        await CleanAsync(engine);
        var front = new IPEndPoint(IPAddress.Loopback, FreePort.Find());
        var container = engine.Name is "boreal" ? await PutAsync(engine, front) : await RunAsync(engine);
        var pid = await engine.Docker.InspectAsync(container, "{{.State.Pid}}");
        var direct = new IPEndPoint(IPAddress.Parse(await engine.Docker.InspectAsync(container, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}")), 80);
        Start(engine, ["nsenter", "-t", pid, "-n"], "worker_processes 1;", """
            server { listen 80 backlog=4096; location / { default_type text/plain; return 200 "a small page of text\n"; } }
            """);
        if (engine.Name is not "boreal")
        {
            Start(engine, [], "worker_processes 2;", $$"""
                upstream backend { server {{direct}}; keepalive 128; keepalive_requests 100000000; }
                server { listen {{front}} backlog=4096; location / { proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection "";
                  proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Forwarded-Host $host; proxy_set_header X-Forwarded-Port $server_port; } }
                """);
        }
        _places[engine.Name] = (front, direct);
        await Eventually.HoldsAsync(async () => (await Command.Of("curl", "-fsS", $"http://{front}/").RunAsync()).ExitCode == 0, $"{engine.Name}'s service answers");
        await WrkAsync(Calm, front);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        var (front, direct) = _places[engine.Name];
        var (perSecond, _) = await WrkAsync(Load, front);
        var (_, through) = await WrkAsync(Calm, front);
        var (_, without) = await WrkAsync(Calm, direct);
        return [1e6 / perSecond, Math.Max(through - without, 0)];
    }

    public override async Task CleanAsync(Engine engine)
    {
        if (_servers.Remove(engine.Name, out var servers))
        {
            foreach (var (server, folder) in servers)
            {
                await server.DisposeAsync();
                folder.Dispose();
            }
        }
        if (engine.Name is "boreal") await engine.Api.SendAsync("DELETE", $"/boreal/v1/apps/{App}");
        else await engine.Docker.RemoveAsync(App);
    }

    private static async Task<string> RunAsync(Engine engine)
    {
        await engine.Docker.OutputAsync("run", "-d", "--name", App, Image.Reference, "sleep", "100000");
        return App;
    }

    private static async Task<string> PutAsync(Engine engine, IPEndPoint front)
    {
        var spec = $$"""
            { "Template": { "Image": "{{Image.Reference}}", "Cmd": ["sleep", "100000"] },
              "Ports": [ { "Target": 80, "Published": "{{front.Port}}", "HostIp": "127.0.0.1", "AppProtocol": "http" } ] }
            """;
        var (status, answer) = await engine.Api.SendAsync("PUT", $"/boreal/v1/apps/{App}/services/web", spec);
        if (status >= 300) throw new InvalidOperationException($"the service could not be put: {status} {(answer.ValueKind is JsonValueKind.Undefined ? "" : answer)}");
        var name = $"{App}-web-1";
        await Eventually.HoldsAsync(async () => (await engine.Docker.RunAsync("inspect", "-f", "{{.State.Running}}", name)).Stdout.StartsWith("true", StringComparison.Ordinal), "the task runs");
        return name;
    }

    private static async Task<(double PerSecond, double Median)> WrkAsync(string load, IPEndPoint place)
    {
        var text = (await Command.Shell($"wrk {load} --latency http://{place}/").Within(TimeSpan.FromMinutes(1)).RunAsync()).Succeeded("wrk").Stdout;
        var median = Median().Match(text);
        var unit = median.Groups[2].Value switch { "us" => 1e-3, "ms" => 1, _ => 1e3 };
        return (double.Parse(PerSecond().Match(text).Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(median.Groups[1].Value, CultureInfo.InvariantCulture) * unit);
    }

    private void Start(Engine engine, string[] prefix, string head, string servers)
    {
        var folder = new TemporaryDirectory();
        var file = folder.File("nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off; pid {{folder.File("pid")}}; error_log {{folder.File("error")}}; {{head}}
            events { worker_connections 4096; }
            http { access_log off; keepalive_requests 100000000; {{servers}} }
            """);
        if (!_servers.TryGetValue(engine.Name, out var running)) _servers[engine.Name] = running = [];
        string[] line = [.. prefix, "nginx", "-c", file];
        running.Add((Command.Of(line[0], line[1..]).Start(), folder));
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"50%\s+([0-9.]+)(us|ms|s)")]
    private static partial Regex Median();
}
