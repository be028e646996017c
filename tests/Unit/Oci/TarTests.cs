using System.Text;
using Boreal.Oci.Tar;

namespace Boreal.Tests.Unit.Oci;

public sealed class TarTests
{
    [Fact]
    public void Write_LongNamesBigNumbersAndAttributes_ReadBackEqual()
    {
        var entry = new TarEntry
        {
            Name = Encoding.UTF8.GetBytes(string.Join('/', Enumerable.Repeat("long-ü", 40))),
            Kind = TarKind.SymbolicLink,
            Permissions = 0x1FF,
            Uid = 3_000_000,
            Gid = 4_000_000_000,
            Modified = new TarTime(1_234_567_890, 5),
            LinkName = Encoding.UTF8.GetBytes(new string('t', 200)),
            ExtendedAttributes = [new("user.x", new byte[] { 0, 10, 61 })],
        };
        var stream = new MemoryStream();
        var writer = new TarWriter(stream);
        writer.Begin(entry);
        writer.End();
        stream.Position = 0;

        var read = new TarReader(stream).Next() ?? throw new InvalidOperationException("no entry");

        Assert.Equal(entry.Name.ToArray(), read.Name.ToArray());
        Assert.Equal(entry.LinkName.ToArray(), read.LinkName.ToArray());
        Assert.Equal((entry.Uid, entry.Gid, entry.Modified, entry.Permissions, entry.Kind), (read.Uid, read.Gid, read.Modified, read.Permissions, read.Kind));
        Assert.Equal([0, 10, 61], read.ExtendedAttributes.Single().Value.ToArray());
    }

    [Fact]
    public void Read_GnuLongNameAndBase256_AreResolved()
    {
        // Made by GNU tar: a name of 150 bytes and a uid of 2^21 + 1.
        var name = new string('n', 150);
        var stream = new MemoryStream();
        WriteGnu(stream, "././@LongLink", 'L', Encoding.ASCII.GetBytes(name + "\0"), 0);
        WriteGnu(stream, name[..100], '0', "hi"u8.ToArray(), (1 << 21) + 1);
        stream.Write(new byte[1024]);
        stream.Position = 0;

        var reader = new TarReader(stream);
        var entry = reader.Next() ?? throw new InvalidOperationException("no entry");
        Assert.Equal((name, (1L << 21) + 1, 2L), (Encoding.ASCII.GetString(entry.Name.Span), entry.Uid, entry.Size));
        Assert.Null(reader.Next());
    }

    [Fact]
    public void Read_StructureAndPayloads_TogetherAreTheArchive()
    {
        var archive = new MemoryStream();
        var writer = new TarWriter(archive);
        writer.Write(new TarEntry { Name = "a"u8.ToArray(), Kind = TarKind.Regular }, "hello"u8);
        writer.Write(new TarEntry { Name = "skipped"u8.ToArray(), Kind = TarKind.Regular }, "world"u8);
        writer.End();
        archive.Write(new byte[4096]);
        archive.Position = 0;

        var structure = new MemoryStream();
        var reader = new TarReader(archive, structure);
        Assert.NotNull(reader.Next());
        var payload = new byte[5];
        reader.ReadPayload(payload);
        while (reader.Next() is not null)
        {
        }

        reader.Drain();
        Assert.Equal("hello"u8.ToArray(), payload);
        Assert.Equal(archive.Length - 5, structure.Length);
    }

    [Theory]
    [InlineData(100, "unexpected EOF")]
    [InlineData(600, "unexpected EOF")]
    public void Read_Truncated_SaysSo(int length, string message)
    {
        var stream = new MemoryStream();
        var writer = new TarWriter(stream);
        writer.Write(new TarEntry { Name = "a"u8.ToArray(), Kind = TarKind.Regular }, new byte[1000]);
        var reader = new TarReader(new MemoryStream(stream.ToArray()[..length]));
        var failure = Assert.Throws<TarException>(() =>
        {
            while (reader.Next() is not null)
            {
            }
        });
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void Read_Rubbish_IsNoHeader() =>
        Assert.Equal("archive/tar: invalid tar header", Assert.Throws<TarException>(() => new TarReader(new MemoryStream([.. Enumerable.Repeat((byte)9, 2000)])).Next()).Message);

    private static void WriteGnu(MemoryStream stream, string name, char type, byte[] payload, int uid)
    {
        var block = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(block, 0);
        "0000644\0"u8.CopyTo(block.AsSpan(100));
        block[108] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(112), uid);
        "0000000\0"u8.CopyTo(block.AsSpan(116));
        Encoding.ASCII.GetBytes(Convert.ToString(payload.Length, 8).PadLeft(11, '0')).CopyTo(block, 124);
        "00000000000\0"u8.CopyTo(block.AsSpan(136));
        block[156] = (byte)type;
        "ustar  \0"u8.CopyTo(block.AsSpan(257));
        block.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(value => value), 8).PadLeft(6, '0') + "\0").CopyTo(block, 148);
        stream.Write(block);
        stream.Write(payload);
        stream.Write(new byte[(512 - payload.Length % 512) % 512]);
    }
}
