using System.Buffers;
using Boreal.Build.Contexts;
using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Types;
using Google.Protobuf;

namespace Boreal.Tests.Unit.BuildWire.Packets;

public sealed class PacketReaderTests
{
    [Fact]
    public void Read_OfEveryField_IsWhatWasWritten()
    {
        var packet = new Packet { Type = Packet.Types.PacketType.PacketData, ID = 300, Data = ByteString.CopyFromUtf8("data"), Stat = new Stat { Path = ByteString.CopyFromUtf8("a/b"), Size = 7 } };

        var read = PacketReader.Read(new ReadOnlySequence<byte>(packet.ToByteArray()));

        Assert.Equal((Packet.Types.PacketType.PacketData, 300u), (read.Kind, read.Id));
        Assert.Equal("data"u8.ToArray(), read.Data.ToArray());
        Assert.Equal(packet.Stat.ToByteArray(), read.Entry?.ToArray());
    }

    [Fact]
    public void Read_OfNothing_IsTheEndOfTheEntries() => Assert.Null(PacketReader.Read(ReadOnlySequence<byte>.Empty).Entry);

    [Theory]
    [InlineData("2205646174")]              // data cut short
    [InlineData("08")]                      // no number
    [InlineData("08ffffffffffffffffffff01")]// an endless number
    [InlineData("22ffffffffffffffff7f")]    // more data than there can be
    [InlineData("0b")]                      // a group
    public void Read_OfABrokenPacket_Fails(string bytes) =>
        Assert.Throws<ContextException>(() => PacketReader.Read(new ReadOnlySequence<byte>(Convert.FromHexString(bytes))));

    [Fact]
    public void Read_OfUnknownFields_PassesOverThem()
    {
        // Numbers 9 and 10 to 12: varint, eight bytes, text, four bytes.
        var read = PacketReader.Read(new ReadOnlySequence<byte>(Convert.FromHexString("4801" + "510102030405060708" + "5a0161" + "6501020304" + "1805")));

        Assert.Equal(5u, read.Id);
    }

    [Fact]
    public void Read_OfRandomPackets_FailsInNoOtherWay()
    {
        var random = new Random(11);
        var bytes = new byte[48];
        for (var round = 0; round < 100_000; round++)
        {
            random.NextBytes(bytes);
            // Most begin as something.
            bytes[0] = (byte)(random.Next(5) << 3 | 2 * random.Next(2));
            try
            {
                if (PacketReader.Read(new ReadOnlySequence<byte>(bytes, 0, random.Next(bytes.Length))).Entry is { } entry)
                    ContextEntry.Read(entry);
            }
            catch (ContextException)
            {
                // Refused.
            }
        }
    }
}
