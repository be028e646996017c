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
    public void Choose_InUse_Stays() => Assert.Empty(Choose([Records[0] with { InUse = true }], new CacheRule()));

    [Fact]
    public void Choose_InAnImageToo_StaysUnlessAllIsMeant()
    {
        CacheRecord[] records = [Records[0] with { Shared = true }, Records[1]];
        Assert.Equal(["middle"], Choose(records, new CacheRule()));
        Assert.Equal(["old", "middle"], Choose(records, new CacheRule { All = true }));
    }

    [Fact]
    public void Choose_InAnImageToo_TakesNoRoomOfTheLimit() => Assert.Empty(Choose([Records[0] with { Shared = true }, Records[1]], new CacheRule { ReservedSpace = 50 }));

    [Theory]
    [InlineData(120, 0, 0, 1000, 1)]
    [InlineData(120, 0, 140, 1000, 1)]
    [InlineData(20, 140, 0, 1000, 1)]
    [InlineData(0, 0, 500, 1000, 0)]
    [InlineData(0, 0, 500, 460, 1)]
    [InlineData(0, 0, 500, 0, 3)]
    [InlineData(0, 60, 500, 0, 1)]
    [InlineData(20, 0, 500, 1000, 2)]
    public void Choose_Limits_KeepWhatTheyAllow(long most, long reserved, long free, long isFree, int gone) =>
        Assert.Equal(gone, CacheCleaning.Choose(Records, new CacheRule { MaxUsedSpace = most, ReservedSpace = reserved, MinFreeSpace = free }, Now, isFree).Count);

    [Theory]
    [InlineData("id==old", true)]
    [InlineData("id=old", true)]
    [InlineData("id!=old", false)]
    [InlineData("description~=RUN", true)]
    [InlineData("description~=^RUN", false)]
    [InlineData("description~=\"RUN m.*e$\"", true)]
    [InlineData("type==source.local", false)]
    [InlineData("immutable", true)]
    [InlineData("shared", false)]
    [InlineData("parent==below", true)]
    [InlineData("id==old,shared", false)]
    [InlineData("", true)]
    public void Matches_Filter_AsNamed(string filter, bool expected) => Assert.Equal(expected, CacheFilter.Matches(Records[0], [filter]));

    [Fact]
    public void Matches_SeveralFilters_OneIsEnough() => Assert.True(CacheFilter.Matches(Records[0], ["type==source.local", "id==old"]));

    [Theory]
    [InlineData("id~=(")]
    [InlineData("id~=(a)\\1")]
    public void Matches_NoExpression_IsTheUsersError(string filter) => Assert.Throws<BuildException>(() => CacheFilter.Matches(Records[0], [filter]));

    [Fact]
    public void Default_RulesOfADisk_TakeATenthOfIt()
    {
        var rules = CacheRules.Default(limit: 0, diskSize: 1L << 40);
        Assert.Equal([14_214_000_000, 103_000_000_000, 103_000_000_000, 103_000_000_000], rules.Select(rule => rule.ReservedSpace));
        Assert.Equal([false, false, false, true], rules.Select(rule => rule.All));
        Assert.Equal(512_000_000, CacheRules.Default(limit: 1_000_000_000, diskSize: 1)[0].ReservedSpace);
    }

    private static IEnumerable<string> Chosen(CacheRule rule) => Choose(Records, rule);

    private static IEnumerable<string> Choose(CacheRecord[] records, CacheRule rule) => CacheCleaning.Choose(records, rule, Now, long.MaxValue).Select(record => record.Id);

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
