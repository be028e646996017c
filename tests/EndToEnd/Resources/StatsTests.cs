using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;

namespace Boreal.Tests.EndToEnd.Resources;

public sealed class StatsTests(EngineUnderTest engine)
{
    private const double Tolerance = 0.05;

    [Fact]
    public async Task Stats_OfABusyContainer_AreWithin5PercentOfItsCgroup()
    {
        const string Name = "stats-busy";
        using var api = new EngineApi(engine.Docker);
        await engine.Docker.OutputAsync("run", "-d", "--name", Name, "-m", "200m", "busybox", "sh", "-c", "head -c 40000000 /dev/zero > /dev/shm/filled; touch /ready; while :; do :; done");
        try
        {
            await engine.Docker.Shell($"until docker exec {Name} test -e /ready; do sleep 0.1; done").OutputAsync();
            var cgroup = new CgroupFiles(int.Parse(await engine.Docker.InspectAsync(Name, "{{.State.Pid}}")));

            var cpuBefore = cgroup.CpuNanoseconds;
            var stats = await api.GetAsync($"/containers/{Name}/stats?stream=false");
            var cpuAfter = cgroup.CpuNanoseconds;
            var memory = stats.GetProperty("memory_stats");
            var inactive = memory.GetProperty("stats").TryGetProperty("total_inactive_file", out var v1) ? v1 : memory.GetProperty("stats").GetProperty("inactive_file");

            Within(cgroup.MemoryUsage, memory.GetProperty("usage").GetUInt64() - inactive.GetUInt64());
            Assert.Equal(200UL * 1024 * 1024, memory.GetProperty("limit").GetUInt64());
            var cpu = stats.GetProperty("cpu_stats").GetProperty("cpu_usage").GetProperty("total_usage").GetUInt64();
            Assert.InRange(cpu, cpuBefore * (1 - Tolerance), cpuAfter * (1 + Tolerance));

            // Two samples a second apart, of a process that uses one processor whole.
            var before = stats.GetProperty("precpu_stats").GetProperty("cpu_usage").GetProperty("total_usage").GetUInt64();
            Assert.InRange(cpu - before, 1UL, 3_000_000_000UL);
            Assert.Equal((ulong)Environment.ProcessorCount, stats.GetProperty("cpu_stats").GetProperty("online_cpus").GetUInt64());
        }
        finally
        {
            await engine.Docker.RemoveAsync(Name);
        }
    }

    private static void Within(ulong expected, ulong actual) =>
        Assert.InRange((double)actual, expected * (1 - Tolerance), expected * (1 + Tolerance));
}
