using System.Net.Sockets;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>iperf3 sends a fixed amount to a server in a container's network namespace, on three ways.</summary>
internal sealed class Throughput : Scenario
{
    private const int Port = 5201;
    private const int Gigabytes = 2;
    private const string Network = "boreal-bench-throughput";
    private const string Server = "boreal-bench-iperf-server";
    private const string Client = "boreal-bench-iperf-client";

    private readonly Dictionary<string, RunningCommand> _servers = [];

    public override string Name => "throughput";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows =>
    [
        new($"{Gigabytes} GB to a published port, host's address", "ms") { AtMostOneIn = 1 },
        new($"{Gigabytes} GB to a published port, localhost", "ms") { AtMostOneIn = 1 },
        new($"{Gigabytes} GB container to container", "ms") { AtMostOneIn = 1 },
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        Requirements.Program("iperf3", "iperf3");
        await CleanAsync(engine);
        // The same packets on both: our networks take the MTU of the host's way out, Docker's have 1500 wherever they are.
        await engine.Docker.OutputAsync("network", "create", "-o", "com.docker.network.driver.mtu=1500", Network);
        await engine.Docker.OutputAsync("run", "-d", "--name", Server, "--network", Network, "-p", $"{Port}", Image.Reference, "sleep", "100000");
        await engine.Docker.OutputAsync("run", "-d", "--name", Client, "--network", Network, Image.Reference, "sleep", "100000");
        _servers[engine.Name] = Command.Of("nsenter", "-t", await PidAsync(engine, Server), "-n", "iperf3", "-s", "-p", $"{Port}").Start();
        var port = await PublishedAsync(engine);
        await Eventually.HoldsAsync(() => Answers(port), "the iperf3 server listens");
        await MeasureAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        var port = await PublishedAsync(engine);
        var server = await engine.Docker.InspectAsync(Server, "{{(index .NetworkSettings.Networks \"" + Network + "\").IPAddress}}");
        return
        [
            await SendAsync(engine, "", HostAddress(), port),
            await SendAsync(engine, "", "127.0.0.1", port),
            await SendAsync(engine, $"nsenter -t {await PidAsync(engine, Client)} -n ", server, $"{Port}"),
        ];
    }

    public override async Task CleanAsync(Engine engine)
    {
        if (_servers.Remove(engine.Name, out var server)) await server.DisposeAsync();
        await engine.Docker.RemoveAsync(Server, Client);
        await engine.Docker.RunAsync("network", "rm", "-f", Network);
    }

    private static Task<double> SendAsync(Engine engine, string where, string address, string port) =>
        engine.TimeAsync($"{where}iperf3 -c {address} -p {port} -n {Gigabytes}G");

    private static Task<string> PidAsync(Engine engine, string container) => engine.Docker.InspectAsync(container, "{{.State.Pid}}");

    private static async Task<string> PublishedAsync(Engine engine) =>
        (await engine.Docker.OutputAsync("port", Server, $"{Port}")).Split('\n')[0].Split(':')[^1];

    // The address this machine would be reached at from outside: connecting a datagram socket sends nothing.
    private static string HostAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect("192.0.2.1", 9);
        return ((System.Net.IPEndPoint)(socket.LocalEndPoint ?? throw new InvalidOperationException("no local address"))).Address.ToString();
    }

    private static bool Answers(string port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", int.Parse(port));
            return true;
        }
        catch (SocketException)
        {
            return false; // Not yet.
        }
    }
}
