using Boreal.Build.Builds;
using Boreal.Build.Caching;

namespace Boreal.Tests.Unit.Build.Caching;

public sealed class CacheCleaningTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    private static readonly CacheRecord[] Records = [Record("old", 100, 9), Record("middle", 50, 5), Record("new", 10, 1)];

    [Fact]
    public void Choose_NoLimit_TakesAllOldestFirst() => Assert.Equal(["old", "middle", "new"], Chosen(new CacheRule()));

    [Fact]
    public void Choose_ReservedSpace_StopsWhenSmallEnough() => Assert.Equal(["old"], Chosen(new CacheRule { ReservedSpace = 60 }));

    [Fact]
    public void Choose_KeepFor_LeavesWhatWasUsedSince() => Assert.Equal(["old", "middle"], Chosen(new CacheRule { KeepFor = TimeSpan.FromDays(2) }));

    [Fact]
    public void Choose_InUse_Stays() => Assert.Empty(CacheCleaning.Choose([Records[0] with { InUse = true }], new CacheRule(), Now));

    [Theory]
    [InlineData("id==old", true)]
    [InlineData("id=old", true)]
    [InlineData("id!=old", false)]
    [InlineData("description~=RUN", true)]
    [InlineData("type==source.local", false)]
    [InlineData("immutable", true)]
    [InlineData("shared", false)]
    [InlineData("parent==below", true)]
    [InlineData("id==old,shared", false)]
    public void Matches_Filter_AsNamed(string filter, bool expected) => Assert.Equal(expected, CacheCleaning.Matches(Records[0], [filter]));

    private static IEnumerable<string> Chosen(CacheRule rule) => CacheCleaning.Choose(Records, rule, Now).Select(record => record.Id);

    private static CacheRecord Record(string id, long size, int days) => new()
    {
        Id = id,
        Kind = "regular",
        Description = "[1/2] RUN make",
        Size = size,
        CreatedAt = Now.AddDays(-20),
        LastUsedAt = Now.AddDays(-days),
        Parents = ["below"],
    };
}
