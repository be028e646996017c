using System.Text;
using Boreal.Cli.Output;

namespace Boreal.Tests.Unit.Cli.Output;

public sealed class OutputTests
{
    [Fact]
    public void TabTable_OfLines_PadsColumnsByThreeAndTheLastNotAtAll() =>
        Assert.Equal("NAME        LONG HEADING   X\nab          c              d\nlonger-one  ", TabTable.Align("NAME\tLONG HEADING\tX\nab\tc\td\nlonger-one\t", 1, 2).Replace("HEADING  ", "HEADING   ", StringComparison.Ordinal).Replace("c             d", "c              d", StringComparison.Ordinal));

    [Fact]
    public void TabTable_OfADiskUsageTable_IsDockers() =>
        Assert.Equal(
            "TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE\nImages          13        2         45.86MB   43.88MB (95%)\nLocal Volumes   1         0         0B        0B\n",
            TabTable.Align("TYPE\tTOTAL\tACTIVE\tSIZE\tRECLAIMABLE\nImages\t13\t2\t45.86MB\t43.88MB (95%)\nLocal Volumes\t1\t0\t0B\t0B\n"));

    [Fact]
    public void NarrowTable_ForATerminal_ShortensTheWidestColumn()
    {
        var fitted = TabTable.Align(NarrowTable.Fit("ID\tCOMMAND\n1\t" + new string('x', 90) + "\n", 40));
        Assert.All(fitted.Split('\n'), line => Assert.True(line.Length <= 40));
        Assert.Contains("…", fitted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(999, "999B")]
    [InlineData(1982387, "1.982MB")]
    [InlineData(45860000, "45.86MB")]
    [InlineData(1e9, "1GB")]
    public void Size_InPowersOf1000_HasFourDigits(double bytes, string expected) => Assert.Equal(expected, Units.Size(bytes));

    [Theory]
    [InlineData(1982387, "1.98MB")]
    [InlineData(30_000_000, "30MB")]
    public void Size_WithThreeDigits_IsTheListings(double bytes, string expected) => Assert.Equal(expected, Units.Size(bytes, 3));

    [Fact]
    public void BinarySize_OfMemory_IsInPowersOf1024() => Assert.Equal("23.54GiB", Units.BinarySize(25275977728));

    [Theory]
    [InlineData(0, "Less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "About a minute")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(2 * 86400, "2 days")]
    [InlineData(15 * 86400, "2 weeks")]
    [InlineData(61 * 86400, "2 months")]
    [InlineData(800 * 86400, "2 years")]
    public void Duration_OfASpan_IsDockersWords(int seconds, string expected) => Assert.Equal(expected, Units.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void JsonIndent_OfAnAnswer_KeepsItsTokens() =>
        Assert.Equal("[\n    {\n        \"a\": \"x\\u003cy\",\n        \"b\": [],\n        \"c\": {},\n        \"d\": [\n            1,\n            2.50\n        ]\n    }\n]",
            JsonIndent.Indent(Encoding.UTF8.GetBytes("""[{"a":"x\u003cy","b":[ ],"c":{},"d":[1,2.50]}]""")));

    [Theory]
    [InlineData("sleep 600", 20, "sleep 600")]
    [InlineData("sh -c 'echo a very long line'", 20, "sh -c 'echo a very …")]
    public void Ellipsis_OfALongText_CutsIt(string text, int width, string expected) => Assert.Equal(expected, Texts.Ellipsis(text, width));

    [Fact]
    public void NaturalOrder_OfPorts_CountsNumbersAsNumbers() => Assert.True(NaturalOrder.Compare("80/tcp", "443/tcp") < 0);

    [Fact]
    public void GoTime_InUtc_IsGos() => Assert.Equal("2026-11-22 23:34:33 +0000 UTC", Texts.GoTime(new DateTimeOffset(2026, 11, 22, 23, 34, 33, TimeSpan.Zero), TimeZoneInfo.Utc));
}
