using System.Text;
using Boreal.ShimWire.Logs;

namespace Boreal.Tests.Unit.ShimWire;

public sealed class JsonLogLineTests
{
    [Fact]
    public void Write_WithEverythingThatIsEscaped_IsDockersLine()
    {
        var target = new ByteBuffer();
        var attributes = JsonLogLine.Attributes([new("Q", "1"), new("a", "b<"), new("tag", "t1")]);
        byte[] line = [.. "a\tb<>&\"\\"u8, 0xff, .. " \u2028 \u001bx\r"u8];
        JsonLogLine.Write(target, StdStream.Stdout, line, endsWithNewline: true, 1795389908_945782121, attributes);

        // Recorded from Docker 26.
        const string expected = """
            {"log":"a\u0009b\u003c\u003e\u0026\"\\\ufffd \u2028 \u001bx\r\n","stream":"stdout","attrs":{"Q":"1","a":"b\u003c","tag":"t1"},"time":"2026-11-22T23:25:08.945782121Z"}
            """;
        Assert.Equal(expected + "\n", Encoding.UTF8.GetString(target.Written));
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(1_500_000_000, "1970-01-01T00:00:01.5Z")]
    [InlineData(1763851234_000000010, "2025-11-22T22:40:34.00000001Z")]
    public void Timestamp_Formatted_ReadsBackTheSame(long nanoseconds, string text)
    {
        Span<byte> target = stackalloc byte[Timestamp.MaxBytes];
        var written = target[..Timestamp.Format(nanoseconds, target)];

        Assert.Equal(text, Encoding.ASCII.GetString(written));
        Assert.True(Timestamp.TryParse(written, out var read));
        Assert.Equal(nanoseconds, read);
    }

    [Theory]
    [InlineData("2025-13-22T22:40:34Z")]
    [InlineData("2025-11-31T22:40:34Z")]
    [InlineData("2025-11-22T22:40:34.Z")]
    [InlineData("nonsense")]
    public void Timestamp_WhenNoTime_IsRefused(string text) => Assert.False(Timestamp.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void LocalRecord_Written_ReadsBackTheSame()
    {
        var target = new ByteBuffer();
        LocalLogRecord.Write(target, StdStream.Stderr, "line"u8, endsWithNewline: false, 1763851234_000000010);
        var body = target.Written[LocalLogRecord.LengthBytes..^LocalLogRecord.LengthBytes];

        Assert.True(LocalLogRecord.TryRead(body, out var stream, out var time, out var line, out var partial));
        Assert.Equal((StdStream.Stderr, 1763851234_000000010, "line", true), (stream, time, Encoding.ASCII.GetString(line), partial));
    }
}
