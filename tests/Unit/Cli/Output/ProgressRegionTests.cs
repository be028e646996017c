using Boreal.Cli.Output;
using Boreal.Client.Streams;

namespace Boreal.Tests.Unit.Cli.Output;

public sealed class ProgressRegionTests
{
    private const int Rows = 6;
    private const int Columns = 100;

    private readonly ProgressRegion _region = new();

    [Fact]
    public void Frame_OfALayerUnderWay_HasABarAndFigures()
    {
        Take("abc", "Downloading", 50, 200);
        Assert.Equal($"\r\u001b[2Kabc: Downloading [{new string('=', 12)}>{new string(' ', 37)}] 50B/200B\n\u001b[J", _region.Frame(Rows, Columns));
    }

    [Fact]
    public void Frame_AfterAnother_OverwritesItsLines()
    {
        Take("a", "Waiting");
        Take("b", "Waiting");
        _ = _region.Frame(Rows, Columns);
        Take("a", "Pull complete");
        Assert.Equal("\u001b[2A\r\u001b[2Ka: Pull complete\n\u001b[2Kb: Waiting\n\u001b[J", _region.Frame(Rows, Columns));
    }

    [Fact]
    public void Frame_OfMoreLayersThanRows_NeverScrolls()
    {
        for (var layer = 0; layer < 40; layer++) Take($"layer{layer}", layer < 30 ? "Pull complete" : "Downloading", layer < 30 ? 0 : 1, layer < 30 ? 0 : 2);
        var frame = _region.Frame(Rows, Columns);
        Assert.Equal(Rows - 1, frame.Count(c => c is '\n'));
        Assert.Contains("40 in all, 30 done", frame, StringComparison.Ordinal);
        Assert.Contains("layer30", frame, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(300)]
    public void Frame_OnAnyTerminal_HasNoLineThatWraps(int columns)
    {
        Take("0123456789ab", "Downloading", 123456, 9876543);
        Assert.All(_region.Frame(Rows, columns).Replace("\u001b[2K", "", StringComparison.Ordinal).Trim('\r').Split('\n')[..^1], line => Assert.True(line.Length < columns));
    }

    [Fact]
    public void Frame_OfAnUnknownTotal_TellsTheAmount()
    {
        Take("abc", "Pushing", 1000, 0);
        Assert.Contains("abc: Pushing 1kB", _region.Frame(Rows, Columns), StringComparison.Ordinal);
    }

    [Fact]
    public void End_OfMoreLayersThanRows_WritesThemAll()
    {
        for (var layer = 0; layer < 40; layer++) Take($"layer{layer}", "Pull complete");
        _ = _region.Frame(Rows, Columns);
        Assert.Equal(40, _region.End(Columns).Count(c => c is '\n'));
        Assert.True(_region.IsEmpty);
    }

    private void Take(string id, string status, long current = 0, long total = 0) =>
        _region.Take(id, new ProgressMessage { Id = id, Status = status, Detail = new ProgressDetail { Current = current, Total = total } });
}
