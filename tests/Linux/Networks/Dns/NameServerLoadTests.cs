using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks.Dns;
using Boreal.Tests.TestKit.Dns;

namespace Boreal.Tests.Linux.Networks.Dns;

public sealed class NameServerLoadTests
{
    private const int Sandboxes = 100;
    private const int QueriesPerSecond = 1000;
    private const int Queries = 3000;

    private static readonly string[] Networks = ["n1", "n2"];

    [Fact]
    public async Task Ask_AThousandTimesASecondFromAHundredSandboxes_IsAnsweredAtOnce()
    {
        await using var lab = new NameServerLab();
        var settings = Networks.Select(network => new ResolverSettings { Networks = [(network, network)] }).ToArray();
        for (var i = 0; i < Sandboxes; i++)
            lab.Names.Set(Networks[i % 2], $"e{i}", new EndpointNames([$"container-{i}", "service"], new IPAddress([10, 0, (byte)(i % 2), (byte)(i + 1)]), V6: null));
        var started = Stopwatch.GetTimestamp();
        var sockets = Enumerable.Range(0, Sandboxes).Select(i => lab.OpenUdp(lab.Attach($"s{i}", settings[i % 2]))).ToArray();
        var attached = Stopwatch.GetElapsedTime(started);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var times = await Task.Run(() => Measure(sockets));

        Array.Sort(times);
        var (median, late) = (times[times.Length / 2], times[times.Length * 99 / 100]);
        TestContext.Current.TestOutputHelper?.WriteLine($"attach {attached.TotalMilliseconds:0} ms; p50 {median.TotalMicroseconds:0} us, p99 {late.TotalMicroseconds:0} us; live {before >> 10} KiB");
        // bench/Compare has the figures; here all are answered, and as a rule none waits for its turn.
        Assert.InRange(median.TotalMilliseconds, 0, 20);
    }

    private static TimeSpan[] Measure(Socket[] sockets)
    {
        var times = new TimeSpan[Queries];
        var buffer = new byte[512];
        var clock = Stopwatch.GetTimestamp();
        for (var i = 0; i < Queries; i++)
        {
            var due = clock + (i * Stopwatch.Frequency / QueriesPerSecond);
            SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() >= due);
            var socket = sockets[i % sockets.Length];
            var message = new DnsQuestion($"container-{(i + 2) % sockets.Length}") { Id = (ushort)i }.Bytes();
            var asked = Stopwatch.GetTimestamp();
            socket.Send(message);
            var length = socket.Receive(buffer);
            times[i] = Stopwatch.GetElapsedTime(asked);
            Assert.Equal((ushort)i, DnsReply.Parse(buffer.AsSpan(0, length)).Id);
        }

        return times;
    }
}
