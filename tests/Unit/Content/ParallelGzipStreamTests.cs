using System.IO.Compression;
using Boreal.Engine.Content;

namespace Boreal.Tests.Unit.Content;

public sealed class ParallelGzipStreamTests
{
    public static TheoryData<string, int> Contents => new()
    {
        { "nothing", 0 }, { "text", 1 }, { "text", 70_000 }, { "text", 1 << 20 }, { "text", (1 << 20) + 1 }, { "text", 5_000_000 }, { "noise", 65_537 }, { "noise", 3_000_000 }, { "both", 9_000_000 },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Complete_AnyContent_IsOneMemberThatUnpacksToIt(string kind, int length)
    {
        var content = Content(kind, length);
        var packed = Pack(content, cores: 3, piece: 100_003);

        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        Assert.Equal(content, unpacked.ToArray());
        // The reader above checks the sum; that there is one end only, this does.
        Assert.Equal((uint)length, BitConverter.ToUInt32(packed.AsSpan(packed.Length - 4)));
        Assert.True(packed.Length < length + (length / 1000) + 100);
    }

    [Fact]
    public void Complete_SameContentOnOtherCoresInOtherPieces_GivesTheSameBytes()
    {
        var content = Content("both", 4_000_000);
        Assert.Equal(Pack(content, cores: 1, piece: 4_000_000), Pack(content, cores: 8, piece: 777));
    }

    private static byte[] Pack(byte[] content, int cores, int piece)
    {
        using var target = new MemoryStream();
        using var gzip = new ParallelGzipStream(target, cores);
        for (var at = 0; at < content.Length; at += piece)
            gzip.Write(content.AsSpan(at, Math.Min(piece, content.Length - at)));
        gzip.Complete();
        return target.ToArray();
    }

    private static byte[] Content(string kind, int length)
    {
        var content = new byte[length];
        new Random(7).NextBytes(content);
        for (var i = 0; i < length && kind != "noise"; i++)
        {
            if (kind == "text" || i % 3_000_000 < 1_500_000)
                content[i] = (byte)('a' + (content[i] % 7));
        }

        return content;
    }
}
