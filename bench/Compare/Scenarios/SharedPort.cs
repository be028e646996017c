using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>
/// A published port of one container beside one that three share, by connections and by bytes. An engine that cannot share
/// a port has one container there too.
/// </summary>
internal sealed class SharedPort : Scenario
{
    private const int Port = 80;
    private const int Connections = 4000;
    private const long Bytes = 2L << 30;
    private const int Servers = 3;
    private const string Alone = "boreal-bench-alone";
    private const string Shared = "boreal-bench-shared";

    private readonly Dictionary<string, List<RunningCommand>> _servers = [];

    public override string Name => "balance";

    public override IReadOnlyList<Row> Rows =>
    [
        new($"{Connections} connections to a published port", "ms") { AtMostOneIn = 1 },
        new($"{Connections} connections to one that {Servers} share", "ms") { AtMostOneIn = 1 },
        new("2 GB from a published port", "ms") { AtMostOneIn = 1 },
        new($"2 GB from one that {Servers} share", "ms") { AtMostOneIn = 1 },
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        await CleanAsync(engine);
        await StartAsync(engine, Alone, "");
        await StartAsync(engine, $"{Shared}-1", "");
        var shared = (await PublishedAsync(engine, $"{Shared}-1")).Port;
        for (var i = 2; i <= Servers; i++)
        {
            if ((await RunAsync(engine, $"{Shared}-{i}", $"{shared}")).ExitCode == 0) await ServeAsync(engine, $"{Shared}-{i}");
        }

        await MeasureAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        var (alone, shared) = (await PublishedAsync(engine, Alone), await PublishedAsync(engine, $"{Shared}-1"));
        return
        [
            ConnectionProbe.Connect(alone, Connections), ConnectionProbe.Connect(shared, Connections),
            ConnectionProbe.Receive(alone, Bytes), ConnectionProbe.Receive(shared, Bytes),
        ];
    }

    public override async Task CleanAsync(Engine engine)
    {
        if (_servers.Remove(engine.Name, out var servers))
        {
            foreach (var server in servers) await server.DisposeAsync();
        }

        await engine.Docker.RemoveAsync([Alone, .. Enumerable.Range(1, Servers).Select(i => $"{Shared}-{i}")]);
    }

    private async Task StartAsync(Engine engine, string name, string port)
    {
        (await RunAsync(engine, name, port)).Succeeded(name);
        await ServeAsync(engine, name);
    }

    private static Task<CommandResult> RunAsync(Engine engine, string name, string port) => engine.Docker.RunAsync(
        ["run", "-d", "--name", name, .. name == Alone ? (string[])[] : ["--label", $"io.boreal.balance={Shared}"], "-p", $"{port}:{Port}", Image.Reference, "sleep", "100000"]);

    private async Task ServeAsync(Engine engine, string container)
    {
        var pid = await engine.Docker.InspectAsync(container, "{{.State.Pid}}");
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("this program has no path");
        if (!_servers.TryGetValue(engine.Name, out var servers)) _servers[engine.Name] = servers = [];
        servers.Add(Command.Of("nsenter", "-t", pid, "-n", self, ConnectionProbe.Verb, $"{Port}").Start());
        var published = await PublishedAsync(engine, container);
        await Eventually.HoldsAsync(() => Answers(published), $"the server in {container} answers");
    }

    private static async Task<IPEndPoint> PublishedAsync(Engine engine, string container) =>
        new(IPAddress.Loopback, int.Parse((await engine.Docker.OutputAsync("port", container, $"{Port}")).Split('\n')[0].Split(':')[^1], CultureInfo.InvariantCulture));

    private static bool Answers(IPEndPoint target)
    {
        try
        {
            ConnectionProbe.Receive(target, 1);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            return false; // Not yet.
        }
    }
}
