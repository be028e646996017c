using Boreal.Linux.Compression;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.Linux.Compression;

public sealed class DecompressingStreamTests
{
    public static TheoryData<string> Programs => ["xz", "bzip2"];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Read_FilesAfterOneAnother_AreOneAsTheProgramsHaveIt(string program)
    {
        using var directory = new TemporaryDirectory();
        await Command.Shell($"seq 100000 > a; : > b; seq 5 > c; cat a b c > plain; for f in a b c; do {program} < $f; done > packed").In(directory.Path).OutputAsync();
        Assert.Equal(await File.ReadAllBytesAsync(directory.File("plain"), Token), Decompress(program, await File.ReadAllBytesAsync(directory.File("packed"), Token)));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Read_CutOrDamagedFile_FailsAtOnce(string program)
    {
        using var directory = new TemporaryDirectory();
        await Command.Shell($"seq 100000 | {program} > packed").In(directory.Path).OutputAsync();
        var packed = await File.ReadAllBytesAsync(directory.File("packed"), Token);
        Assert.Throws<InvalidDataException>(() => Decompress(program, packed[..^100]));
        packed[packed.Length / 2] ^= 0xff;
        Assert.Throws<InvalidDataException>(() => Decompress(program, packed));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Decompress(string program, byte[] packed)
    {
        using var source = new MemoryStream(packed);
        using var stream = program == "xz" ? DecompressingStream.Xz(source) : DecompressingStream.Bzip2(source);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
