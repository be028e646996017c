using System.Net.Sockets;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>Our own registry, run alone by the published boreald, on a port of its own.</summary>
public sealed class BorealRegistry : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly IReadOnlyList<string> _moreArguments;
    private RunningCommand? _process;

    private BorealRegistry(string? data, IReadOnlyList<string> moreArguments)
    {
        Data = data ?? _directory.File("data");
        Port = FreePort.Find();
        _moreArguments = moreArguments;
    }

    public int Port { get; }

    /// <summary>Host and port, as image names begin.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>The folder with everything it holds.</summary>
    public string Data { get; }

    public int Pid => _process?.Pid ?? throw new InvalidOperationException("the registry was not started");

    public static Task<BorealRegistry> StartAsync(params string[] moreArguments) => StartInAsync(null, moreArguments);

    /// <param name="data">The folder to keep everything in; null for one of its own.</param>
    /// <param name="moreArguments">Of <c>registry serve</c>.</param>
    public static async Task<BorealRegistry> StartInAsync(string? data, params string[] moreArguments)
    {
        var registry = new BorealRegistry(data, moreArguments);
        await registry.StartAgainAsync();
        return registry;
    }

    public async Task StartAgainAsync()
    {
        _process = Command.Of(Repository.Binary("boreald"), ["registry", "serve", "--addr", Address, "--data", Data, .. _moreArguments]).Start();
        await Eventually.HoldsAsync(ListensAsync, "the registry listens");
    }

    /// <summary>SIGKILL: nothing of it gets a chance to tidy up.</summary>
    public async Task KillAsync()
    {
        await ProcessList.SignalAsync(Pid, "KILL");
        if (_process is not null) await _process.FinishAsync(Eventually.Patience);
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<bool> ListensAsync()
    {
        if (_process is { HasExited: true }) throw new InvalidOperationException($"the registry ended\n{_process.Stdout}{_process.Stderr}");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
