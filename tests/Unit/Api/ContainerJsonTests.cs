using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Api.Execs;

namespace Boreal.Tests.Unit.Api;

public sealed class ContainerJsonTests
{
    [Fact]
    public void CreateRequest_OfNullsAndOtherCase_ReadsAsZeroValues()
    {
        var request = JsonSerializer.Deserialize(
            """{"image":"i","CMD":"one word","Tty":null,"User":null,"Env":null,"Unknown":{"a":1},"HostConfig":{"Memory":null,"PortBindings":{"80/tcp":null}}}""",
            ContainersJsonContext.Default.ContainerCreateRequest);
        Assert.NotNull(request);
        Assert.Equal(("i", false, "", null), (request.Image, request.Tty, request.User, request.Env));
        Assert.Equal(["one word"], request.Cmd);
        Assert.Equal(0, request.HostConfig?.Memory);
        Assert.Null(request.HostConfig?.PortBindings?["80/tcp"]);
        Assert.Equal("", request.HostConfig?.NetworkMode);
    }

    [Fact]
    public void Stats_OfNothing_KeepDockersNullsAndGaps() =>
        Assert.Equal(
            """{"read":"","preread":"","pids_stats":{},"blkio_stats":{"io_service_bytes_recursive":null,"io_serviced_recursive":null,"io_queue_recursive":null,"io_service_time_recursive":null,"io_wait_time_recursive":null,"io_merged_recursive":null,"io_time_recursive":null,"sectors_recursive":null},"num_procs":0,"storage_stats":{},"cpu_stats":{"cpu_usage":{"total_usage":0,"usage_in_kernelmode":0,"usage_in_usermode":0},"throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},"precpu_stats":{"cpu_usage":{"total_usage":0,"usage_in_kernelmode":0,"usage_in_usermode":0},"throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},"memory_stats":{},"name":"","id":""}""",
            JsonSerializer.Serialize(new ContainerStats(), ContainersJsonContext.Default.ContainerStats));

    [Fact]
    public void ExecInspect_BeforeItsEnd_HasANullExitCode() =>
        Assert.Equal(
            """{"ID":"e","Running":true,"ExitCode":null,"ProcessConfig":{"tty":false,"entrypoint":"sh","arguments":["-c"],"privileged":false},"OpenStdin":false,"OpenStderr":false,"OpenStdout":true,"CanRemove":false,"ContainerID":"c","DetachKeys":"","Pid":7}""",
            JsonSerializer.Serialize(
                new ExecInspect
                {
                    ID = "e",
                    Running = true,
                    ProcessConfig = new ExecProcessConfig { Entrypoint = "sh", Arguments = ["-c"], Privileged = false },
                    OpenStdout = true,
                    ContainerID = "c",
                    Pid = 7,
                },
                ExecsJsonContext.Default.ExecInspect));

    [Fact]
    public void WaitAndPrune_WithoutErrorOrVictims_AreDockers()
    {
        Assert.Equal("""{"StatusCode":3}""", JsonSerializer.Serialize(new ContainerWaitResponse { StatusCode = 3 }, ContainersJsonContext.Default.ContainerWaitResponse));
        Assert.Equal(
            """{"ContainersDeleted":null,"SpaceReclaimed":0}""",
            JsonSerializer.Serialize(new ContainersPruneResponse(), ContainersJsonContext.Default.ContainersPruneResponse));
    }
}
