using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime;

namespace Boreal.Tests.Unit.Runtime;

public sealed class ResourceUpdateTests
{
    [Fact]
    public void Merge_OfSomeLimits_KeepsTheOthers()
    {
        var merged = ResourceUpdate.Merge(new ResourceSpec { Memory = 100, MemorySwap = 200, CpuShares = 5, CpusetCpus = "0" }, new ResourceSpec { Memory = 150, PidsLimit = 9 });

        Assert.Equal(new ResourceSpec { Memory = 150, MemorySwap = 200, CpuShares = 5, CpusetCpus = "0", PidsLimit = 9 }, merged);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100)]
    public void Merge_OfMemoryAboveTheSwapLimit_IsAConflict(long swap)
    {
        var exception = Assert.Throws<EngineException>(() => ResourceUpdate.Merge(new ResourceSpec { MemorySwap = swap }, new ResourceSpec { Memory = 150 }));

        Assert.Equal(ErrorKind.Conflict, exception.Kind);
        Assert.Equal("Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time", exception.Message);
    }

    [Fact]
    public void Merge_OfQuotaBesideCpus_IsAConflict() =>
        Assert.Equal(
            "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set",
            Assert.Throws<EngineException>(() => ResourceUpdate.Merge(new ResourceSpec { NanoCpus = 1 }, new ResourceSpec { CpuQuota = 5000 })).Message);
}
