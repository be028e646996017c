using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime;
using Boreal.Linux.Cgroups;

namespace Boreal.Tests.Unit.Runtime;

/// <summary>The texts are those of Docker 26, asked with the same requests on a machine with two CPUs and one memory node.</summary>
public sealed class ResourceValidatorTests
{
    private const long Mebibyte = 1 << 20;

    private static readonly KernelFeatures Everything = new()
    {
        MemoryLimit = true, SwapLimit = true, MemoryReservation = true, OomKillDisable = true, MemorySwappiness = true, CpuShares = true, CpuCfs = true,
        BlkioWeight = true, BlkioWeightDevice = true, BlkioReadBps = true, BlkioWriteBps = true, BlkioReadIops = true, BlkioWriteIops = true,
        Cpuset = true, Cpus = "0-1", Mems = "0", PidsLimit = true, CpuCount = 2,
    };

    public static TheoryData<ResourceSpec, string> Refused => new()
    {
        { new() { Memory = 4 * Mebibyte }, "Minimum memory limit allowed is 6MB" },
        { new() { Memory = -1 }, "Minimum memory limit allowed is 6MB" },
        { new() { Memory = 64 * Mebibyte, MemorySwap = 32 * Mebibyte }, "Minimum memoryswap limit should be larger than memory limit, see usage" },
        { new() { MemorySwap = 32 * Mebibyte }, "You should always set the Memory limit when using Memoryswap limit, see usage" },
        { new() { MemorySwappiness = 101 }, "Invalid value: 101, valid memory swappiness range is 0-100" },
        { new() { MemoryReservation = 100 }, "Minimum memory reservation allowed is 6MB" },
        { new() { Memory = 64 * Mebibyte, MemoryReservation = 160 * Mebibyte }, "Minimum memory limit can not be less than memory reservation limit, see usage" },
        { new() { NanoCpus = 3_000_000_000 }, "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available" },
        { new() { NanoCpus = -1 }, "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available" },
        { new() { NanoCpus = 1_000_000_000, CpuPeriod = 1000 }, "Conflicting options: Nano CPUs and CPU Period cannot both be set" },
        { new() { NanoCpus = 1_000_000_000, CpuQuota = 1000 }, "Conflicting options: Nano CPUs and CPU Quota cannot both be set" },
        { new() { CpuPeriod = 10 }, "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)" },
        { new() { CpuQuota = 10 }, "CPU cfs quota can not be less than 1ms (i.e. 1000)" },
        { new() { CpusetCpus = "0-5" }, "Requested CPUs are not available - requested 0-5, available: 0-1" },
        { new() { CpusetCpus = "abc" }, "Invalid value abc for cpuset cpus: invalid format: abc" },
        { new() { CpusetCpus = "1-0" }, "Invalid value 1-0 for cpuset cpus: invalid format: 1-0" },
        { new() { CpusetMems = "7" }, "Requested memory nodes are not available - requested 7, available: 0" },
        { new() { CpusetMems = "x-" }, "Invalid value x- for cpuset mems: invalid format: x-" },
        { new() { BlkioWeight = 5 }, "Range of blkio weight is from 10 to 1000" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Limit_OutOfRange_IsRefusedInDockersWords(ResourceSpec resources, string message)
    {
        var exception = Assert.Throws<EngineException>(() => new ResourceValidator(Everything).Validate(resources, isUpdate: false, []));

        Assert.Equal(ErrorKind.Invalid, exception.Kind);
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Limits_TheKernelHasNot_AreDiscardedWithAWarning()
    {
        var warnings = new List<string>();
        var asked = new ResourceSpec
        {
            Memory = 64 * Mebibyte, MemorySwap = 128 * Mebibyte, MemorySwappiness = 10, MemoryReservation = 32 * Mebibyte, OomKillDisable = true, PidsLimit = 5,
            CpuShares = 5, CpuPeriod = 1000, CpusetCpus = "0", BlkioWeight = 100, BlkioDeviceReadBps = [new("/dev/x", 1)],
        };

        var kept = new ResourceValidator(new KernelFeatures { CpuCount = 2 }).Validate(asked, isUpdate: false, warnings);

        Assert.Equal(new ResourceSpec { MemorySwap = -1, BlkioDeviceReadBps = [] }.ToString(), kept.ToString());
        Assert.Equal(10, warnings.Count);
        Assert.Contains("Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.", warnings);
    }

    [Fact]
    public void Swap_WithoutTheKernelsAccounting_LeavesTheMemoryLimit()
    {
        var warnings = new List<string>();
        var kept = new ResourceValidator(Everything with { SwapLimit = false }).Validate(new ResourceSpec { Memory = 64 * Mebibyte, MemorySwap = 128 * Mebibyte }, isUpdate: false, warnings);

        Assert.Equal((64 * Mebibyte, -1), (kept.Memory, kept.MemorySwap));
        Assert.Equal(["Your kernel does not support swap limit capabilities or the cgroup is not mounted. Memory limited without swap."], warnings);
    }

    [Fact]
    public void OomKillDisable_WithoutMemoryLimit_Warns()
    {
        var warnings = new List<string>();
        new ResourceValidator(Everything).Validate(new ResourceSpec { OomKillDisable = true }, isUpdate: false, warnings);

        Assert.Equal(["OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources."], warnings);
    }

    [Fact]
    public void Update_OfSwapAlone_IsAllowed() =>
        Assert.Equal(Mebibyte * 100, new ResourceValidator(Everything).Validate(new ResourceSpec { MemorySwap = 100 * Mebibyte }, isUpdate: true, []).MemorySwap);

    [Theory]
    [InlineData(-1, 0, "SHM size can not be less than 0")]
    [InlineData(0, 2000, "Invalid value 2000, range for oom score adj is [-1000, 1000]")]
    public void Container_WithBadSizes_IsRefused(long shmSize, int oomScore, string message)
    {
        using var fixture = new BundleFixture();
        var spec = fixture.Spec with { Storage = new StorageSpec { ShmSize = shmSize }, Resources = new ResourceSpec { OomScoreAdj = oomScore } };

        Assert.Equal(message, Assert.Throws<EngineException>(() => new ResourceValidator(Everything).Validate(spec, [])).Message);
    }
}
