using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Resilience;

public sealed class LeakTests : IAsyncLifetime
{
    // One of each kind that owns something outside its own process.
    private static readonly string[] Kinds =
    [
        "run -d busybox sleep 1000",
        "run -d -p 127.0.0.1::80 -p 127.0.0.1::81/udp busybox sleep 1000",
        "run -d --network none busybox sleep 1000",
        "run -d --network host busybox sleep 1000",
        "run -d --tmpfs /t -v /tmp:/host:rshared --shm-size 1m busybox sleep 1000",
        "run -d -v leak-named:/a -v /b busybox sleep 1000",
        "run -d --mount type=volume,src=leak-mounted,dst=/t,volume-opt=type=tmpfs,volume-opt=device=tmpfs busybox sleep 1000",
        "run -d --mount type=image,src=busybox,dst=/i --mount type=image,src=busybox,dst=/j,image-subpath=bin busybox sleep 1000",
        "run -d -m 32m --cpus 0.5 --pids-limit 10 busybox sleep 1000",
        "run -d --privileged --pid host busybox sleep 1000",
        "run -d --restart always busybox true",
        "run -d --health-cmd true --health-interval 100ms busybox sleep 1000",
        "run --rm busybox true",
        "run --rm busybox no-such-program",
        "run -dit busybox sh",
        "create -p 127.0.0.1::80 busybox true",
    ];

    private readonly BorealDaemon _daemon = new();

    public async ValueTask InitializeAsync()
    {
        await _daemon.StartAsync();
        await EngineUnderTest.ImportBusyboxAsync(_daemon.Docker);
    }

    [Fact]
    public async Task Containers_OfAllKindsRemoved_LeaveTheMachineAsItWas()
    {
        // The first container makes what the engine keeps for itself, as its cgroup.
        await _daemon.Docker.OutputAsync("run", "--rm", "busybox", "true");
        var before = await MachineState.CaptureAsync(_daemon.Roots);
        foreach (var kind in Kinds) await _daemon.Docker.Shell("docker " + kind).RunAsync();
        await _daemon.Docker.Shell("for c in $(docker ps -q); do docker exec $c true; docker exec -d $c sleep 1000; docker cp /etc/hostname $c:/tmp; done").RunAsync();

        await _daemon.Docker.Shell("docker rm -fv $(docker ps -aq) && docker volume rm leak-named leak-mounted").OutputAsync();

        await MachineState.AssertNothingNewAsync(_daemon.Roots, before);
    }

    [Fact]
    public async Task Engine_StoppedAfterItsContainers_LeavesNoMountAndNoProcess()
    {
        await _daemon.Docker.OutputAsync("run", "--rm", "-p", "127.0.0.1::80", "busybox", "true");
        Assert.Equal(0, await _daemon.StopAsync());

        await Eventually.HoldsAsync(
            async () => !(await MachineState.CaptureAsync(_daemon.Roots)).Lines.Any(line => line.StartsWith("mount ", StringComparison.Ordinal) || line.StartsWith("process ", StringComparison.Ordinal)),
            "no mount and no process is left");
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();
}
