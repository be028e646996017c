using System.Net.Sockets;
using Boreal.Tests.TestKit.Engines;

namespace Boreal.Bench.Compare;

/// <summary>An engine in the comparison, reached through the stock docker CLI and its socket.</summary>
internal sealed class Engine(string name, DockerCli docker) : IDisposable
{
    /// <summary>The name of the one that is measured.</summary>
    public const string Ours = "boreal";

    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    public string Name => name;

    public DockerCli Docker => docker;

    public EngineApi Api { get; } = new(docker);

    /// <summary>The process that listens on the engine's socket, and the daemons it started.</summary>
    public IReadOnlyList<int> DaemonPids
    {
        get
        {
            var pid = ListenerPid();
            return [pid, .. ProcessTree.ChildrenOf(pid)];
        }
    }

    /// <summary>Runs a shell line in which <c>docker</c> talks to this engine; gives the time it took in milliseconds.</summary>
    public async Task<double> TimeAsync(string line)
    {
        var result = await docker.Shell(line).Within(TimeSpan.FromMinutes(10)).RunAsync();
        return result.Succeeded($"{name}: {line}").Duration.TotalMilliseconds;
    }

    public void Dispose() => Api.Dispose();

    private int ListenerPid()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(new Uri(docker.Host).LocalPath));
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        return BitConverter.ToInt32(credentials);
    }
}
