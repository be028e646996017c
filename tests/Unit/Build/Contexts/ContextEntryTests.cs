using System.Buffers;
using Boreal.Build.Contexts;
using Boreal.BuildWire.Protocol.Types;
using Boreal.Linux.Files;
using Google.Protobuf;

namespace Boreal.Tests.Unit.Build.Contexts;

public sealed class ContextEntryTests
{
    [Theory]
    [InlineData(0x1A4u, FileKind.Regular, 0x1A4u)]
    [InlineData((1u << 31) | 0x1EDu, FileKind.Directory, 0x1EDu)]
    [InlineData((1u << 31) | (1u << 20) | 0x1FFu, FileKind.Directory, 0x3FFu)]
    [InlineData((1u << 23) | (1u << 22) | 0x1EDu, FileKind.Regular, 0xDEDu)]
    [InlineData((1u << 27) | 0x1FFu, FileKind.SymbolicLink, 0x1FFu)]
    [InlineData((1u << 25) | 0x1A4u, FileKind.Fifo, 0x1A4u)]
    [InlineData((1u << 26) | 0x1A4u, FileKind.BlockDevice, 0x1A4u)]
    [InlineData((1u << 26) | (1u << 21) | 0x1A4u, FileKind.CharacterDevice, 0x1A4u)]
    public void Parse_OfAMode_IsKindAndPermissions(uint mode, FileKind kind, uint permissions)
    {
        var entry = Read(new Stat { Path = ByteString.CopyFromUtf8("a"), Mode = mode });

        Assert.Equal((kind, permissions), (entry.Kind, entry.Permissions));
    }

    [Theory]
    [InlineData(1_500_000_000L, 1, 500_000_000u)]
    [InlineData(0L, 0, 0u)]
    [InlineData(-1L, -1, 999_999_999u)]
    [InlineData(-1_500_000_000L, -2, 500_000_000u)]
    [InlineData(long.MinValue, -9223372037, 145_224_192u)]
    public void Parse_OfATime_IsSecondsAndTheRest(long nanoseconds, long seconds, uint rest) =>
        Assert.Equal(new FileTime(seconds, rest), Read(new Stat { Path = ByteString.CopyFromUtf8("a"), ModTime = nanoseconds }).Modified);

    [Theory]
    [InlineData("a", "", "a")]
    [InlineData("a/b", "a", "b")]
    [InlineData("a/b/c d", "a/b", "c d")]
    public void Parse_OfAPath_IsFolderAndName(string path, string folder, string name)
    {
        var entry = Read(new Stat { Path = ByteString.CopyFromUtf8(path) });

        Assert.Equal((folder, name), (entry.Parent.ToString(), entry.Name));
    }

    [Fact]
    public void Parse_OfAttributes_KeepsTheClientsOnly()
    {
        var stat = new Stat { Path = ByteString.CopyFromUtf8("a") };
        foreach (var name in new[] { "user.mine", "security.capability", "trusted.overlay.opaque", "security.selinux", "trusted.boreal.sha256" })
            stat.Xattrs.Add(name, ByteString.CopyFromUtf8("v"));

        Assert.Equal(["security.capability", "user.mine"], Read(stat).Attributes.Keys.Order());
    }

    [Fact]
    public void Compare_OfNames_IsByBytes()
    {
        // U+FF5E comes before U+1F600 in bytes and after its first half in UTF-16.
        Assert.True(PathOrder.Compare("\uFF5E", "\U0001F600") < 0);
        Assert.True(PathOrder.Compare("a", "b") < 0);
        Assert.Equal(0, PathOrder.Compare("é", "é"));
    }

    private static ContextEntry Read(Stat stat) => ContextEntry.Read(new ReadOnlySequence<byte>(stat.ToByteArray()));
}
