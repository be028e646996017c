using System.Globalization;
using System.Text;
using Boreal.Engine.Logs;
using Boreal.ShimWire.Logs;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Unit.Logs;

public sealed class LogReaderTests : IDisposable
{
    private static readonly LogQuery Everything = new() { Stdout = true, Stderr = true };

    private readonly TemporaryDirectory _directory = new();
    private readonly LogReader _reader = new(new LogChanges(), TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Drivers => new(LogOptions.JsonFile, LogOptions.Local);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Drivers))]
    public async Task Read_AcrossGenerations_GivesOldestFirst(string driver)
    {
        Write(driver, ".2", 0, 100);
        Write(driver, ".1", 100, 50);
        Write(driver, "", 150, 10);

        Assert.Equal(Numbers(0, 160), await ReadAsync(driver, Everything));
    }

    [Theory]
    [InlineData(LogOptions.JsonFile, 0)]
    [InlineData(LogOptions.JsonFile, 1)]
    [InlineData(LogOptions.JsonFile, 10)]
    [InlineData(LogOptions.JsonFile, 2011)]
    [InlineData(LogOptions.JsonFile, 99999)]
    [InlineData(LogOptions.Local, 0)]
    [InlineData(LogOptions.Local, 10)]
    [InlineData(LogOptions.Local, 2011)]
    [InlineData(LogOptions.Local, 99999)]
    public async Task Read_WithTail_GivesThatManyLastEntries(string driver, int tail)
    {
        Write(driver, ".1", 0, 5000);
        Write(driver, "", 5000, 10);

        var expected = Math.Min(tail, 5010);
        Assert.Equal(Numbers(5010 - expected, expected), await ReadAsync(driver, Everything with { Tail = tail }));
    }

    [Fact]
    public async Task Read_BetweenTimesAndOfOneStream_GivesThose()
    {
        Write(LogOptions.JsonFile, "", 0, 100);
        var query = Everything with { Stdout = false, Since = DateTimeOffset.FromUnixTimeSeconds(10), Until = DateTimeOffset.FromUnixTimeSeconds(15) };

        Assert.Equal(["11", "13", "15"], await ReadAsync(LogOptions.JsonFile, query));
    }

    [Fact]
    public async Task Read_WithTornLines_GivesTheWholeOnes()
    {
        Write(LogOptions.JsonFile, "", 0, 2);
        await File.AppendAllTextAsync(Path(LogOptions.JsonFile), "{\"log\":\"torn\n", Token);
        Write(LogOptions.JsonFile, "", 2, 2);
        await File.AppendAllTextAsync(Path(LogOptions.JsonFile), "{\"log\":\"unfinished", Token);

        Assert.Equal(Numbers(0, 4), await ReadAsync(LogOptions.JsonFile, Everything));
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public async Task Follow_WhileWrittenAndRotated_MissesNothing(string driver)
    {
        const int generations = 40;
        using var stopped = new CancellationTokenSource();
        Write(driver, "", 0, 10);
        var seen = new SemaphoreSlim(0);
        var reading = FollowAsync(driver, Everything with { Follow = true }, line => { if (line.EndsWith('9')) seen.Release(); }, stopped.Token);
        for (var generation = 1; generation < generations; generation++)
        {
            await seen.WaitAsync(Eventually.Patience, Token);
            Rotate(driver);
            Write(driver, "", generation * 10, 10);
        }

        await seen.WaitAsync(Eventually.Patience, Token);
        Write(driver, "", generations * 10, 5);
        await stopped.CancelAsync();
        Assert.Equal(Numbers(0, (generations * 10) + 5), await reading);
    }

    [Fact]
    public async Task Follow_OfStoppedContainer_Ends()
    {
        Write(LogOptions.JsonFile, "", 0, 3);

        Assert.Equal(Numbers(0, 3), await FollowAsync(LogOptions.JsonFile, Everything with { Follow = true }, null, new CancellationToken(canceled: true)));
    }

    private static IEnumerable<string> Numbers(int start, int count) => Enumerable.Range(start, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    private string Path(string driver) => LogFiles.Of(driver, _directory.File("c-json.log")).Path;

    private Task<List<string>> ReadAsync(string driver, LogQuery query) => FollowAsync(driver, query, null, CancellationToken.None);

    private async Task<List<string>> FollowAsync(string driver, LogQuery query, Action<string>? onLine, CancellationToken stopped)
    {
        var lines = new List<string>();
        await foreach (var entry in _reader.ReadAsync(LogFiles.Of(driver, _directory.File("c-json.log")), query, stopped, Token))
        {
            lines.Add(Encoding.UTF8.GetString(entry.Line.Span).TrimEnd('\n'));
            onLine?.Invoke(lines[^1]);
        }

        return lines;
    }

    /// <summary>Odd numbers to standard error, each at as many seconds as its number.</summary>
    private void Write(string driver, string generation, int start, int count)
    {
        var target = new ByteBuffer();
        foreach (var number in Enumerable.Range(start, count))
        {
            var stream = number % 2 == 0 ? StdStream.Stdout : StdStream.Stderr;
            var line = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
            if (driver == LogOptions.Local) LocalLogRecord.Write(target, stream, line, true, number * 1_000_000_000L);
            else JsonLogLine.Write(target, stream, line, true, number * 1_000_000_000L, []);
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(driver)) ?? "/");
        using var file = File.Open(Path(driver) + generation, FileMode.Append);
        file.Write(target.Written);
    }

    private void Rotate(string driver)
    {
        for (var generation = 4; generation > 1; generation--)
            if (File.Exists($"{Path(driver)}.{generation - 1}")) File.Move($"{Path(driver)}.{generation - 1}", $"{Path(driver)}.{generation}", overwrite: true);
        File.Move(Path(driver), Path(driver) + ".1", overwrite: true);
    }
}
