using Boreal.Build.Exporting;
using Boreal.Build.Solving;
using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Tests.Unit.Build.Exporting;

public sealed class HistoryTimesTests
{
    private static readonly DateTimeOffset Base = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset First = Base.AddDays(1);
    private static readonly DateTimeOffset Second = Base.AddDays(2);

    [Fact]
    public void Fill_EntriesOfSteps_HaveTheirLayersTimesAndOthersTheOneBefore()
    {
        HistoryEntry[] history = [new() { Created = Base }, Empty, Layer, Empty, Layer, Empty];
        SolvedLayer[] layers = [Of("base"), Of("one", First), Of("two", Second)];

        var dated = HistoryTimes.Fill(history, layers, Base.AddDays(9));

        Assert.Equal([Base, First, First, First, Second, Second], dated.Select(entry => entry.Created));
    }

    [Fact]
    public void Fill_NoLayerAdded_HasTheTimeOfTheBase() =>
        Assert.Equal(Base, HistoryTimes.Fill([new HistoryEntry { Created = Base }, Empty], [Of("base")], Second)[1].Created);

    [Fact]
    public void Fill_NothingHasATime_IsNow() => Assert.Equal(Second, Assert.Single(HistoryTimes.Fill([Empty], [], Second)).Created);

    private static HistoryEntry Layer => new();

    private static HistoryEntry Empty => new() { EmptyLayer = true };

    private static SolvedLayer Of(string name, DateTimeOffset? created = null) => new(Digest.OfSha256(System.Text.Encoding.UTF8.GetBytes(name)), created);
}
