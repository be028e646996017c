using System.Net;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Linux.Networks.Ports;

public sealed class ManyPortsTests
{
    private static readonly PublishedPort[] Range = [.. Enumerable.Range(10_000, 10_000).Select(port => new PublishedPort(new((ushort)port, "tcp"), "", $"{port}"))];

    [Fact]
    public async Task Published_TenThousand_TakeNoSockets()
    {
        await using var lab = await NetworkLab.StartAsync();
        var descriptors = Descriptors();

        var status = await lab.AttachAsync(Range);

        Assert.InRange(Descriptors() - descriptors, -100, 100);
        Assert.Equal(10_000, status.Ports.Count);
        lab.ListenTcp(status.SandboxKey, 19_999);
        await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 19_999);
        await lab.ConnectAsync(lab.Host, IPAddress.Loopback, 19_999);
        var taken = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "12345")));
        Assert.EndsWith("Bind for 0.0.0.0:12345 failed: port is already allocated", taken.Message, StringComparison.Ordinal);

        await lab.Sandboxes.DisposeAsync();
        await lab.RestartAsync(status);
        await lab.ConnectAsync(lab.Outside, NetworkLab.HostAddress, 19_999);
        await lab.DetachAsync(status);
        await lab.AttachAsync(new PublishedPort(new(80, "tcp"), "", "12345"));
    }

    [Fact]
    public async Task Published_TenThousandWithOneInUse_FailsInDockersWordsAndKeepsNothing()
    {
        await using var lab = await NetworkLab.StartAsync();
        var holder = lab.ListenTcp(lab.Host, 15_000);

        var taken = await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync(Range));

        Assert.EndsWith("Error starting userland proxy: listen tcp4 0.0.0.0:15000: bind: address already in use", taken.Message, StringComparison.Ordinal);
        holder.Dispose();
        await lab.AttachAsync(Range);
    }

    [Fact]
    public async Task Published_Udp_TenThousandWithOneInUse_Fails()
    {
        await using var lab = await NetworkLab.StartAsync();
        lab.Udp(lab.Host, 15_000);

        await Assert.ThrowsAsync<EngineException>(() => lab.AttachAsync([.. Range.Select(port => port with { ContainerPort = port.ContainerPort with { Protocol = "udp" } })]));
        await lab.AttachAsync(Range);
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
