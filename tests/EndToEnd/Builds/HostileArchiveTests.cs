using System.Formats.Tar;
using System.Text;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>Archives that are traps, as contexts and for ADD.</summary>
public sealed class HostileArchiveTests(EngineUnderTest engine) : IDisposable
{
    private const string Up = "../../../../../../../../../../../..";

    private readonly BuildClients _clients = new(engine.Docker.Host);
    private readonly TemporaryDirectory _context = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Entries are parted by bars: a letter for the kind, the path, and what it points at. <out> is a folder of the machine.
    public static TheoryData<string> Traps =>
    [
        $"f {Up}<out>/f",
        "f <out>/f",
        $"l up>{Up}<out>|f up/f",
        "l up><out>|f up/f",
        "l up><out>|d up|f up/f",
        $"l a>..|l b>a/..|l c>b/{Up}<out>|f c/f",
        "h file><out>/target|f file",
        $"h file>{Up}<out>/target|f file",
        "l up><out>|h file>up/target|f file",
        "f same|l same><out>/target|f same",
        $"d a/{Up}<out>/d",
        $"f a/b/{Up}<out>/f",
    ];

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task Archive_ThatIsATrap_WritesNothingOutside(string entries)
    {
        using var outside = new TemporaryDirectory();
        await File.WriteAllTextAsync(outside.File("target"), "untouched", Token);
        var trap = entries.Replace("<out>", outside.Path, StringComparison.Ordinal).Split('|');
        await File.WriteAllBytesAsync(_context.File("trap.tar"), await PackAsync(trap), Token);
        await File.WriteAllTextAsync(_context.File("Dockerfile"), "FROM busybox\nADD trap.tar /x/\n", Token);

        await BuildAsync(await PackAsync(["f Dockerfile>FROM busybox", .. trap]));
        await _clients.Buildx("build", "--quiet", ".").In(_context.Path).RunAsync();

        Assert.Equal(["target"], Directory.EnumerateFileSystemEntries(outside.Path).Select(Path.GetFileName));
        Assert.Equal("untouched", await File.ReadAllTextAsync(outside.File("target"), Token));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(600)]
    [InlineData(1030)]
    [InlineData(3000)]
    public async Task Archive_ThatIsCutShort_FailsOnly(int length)
    {
        var whole = await PackAsync(["f Dockerfile>FROM busybox", "f more>" + new string('x', 3000)]);

        var result = await BuildAsync(whole[..length]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("alive", await engine.Docker.OutputAsync("run", "--rm", EngineUnderTest.Image, "echo", "alive"));
    }

    public void Dispose()
    {
        _clients.Dispose();
        _context.Dispose();
    }

    private Task<CommandResult> BuildAsync(byte[] archive) => (_clients.Classic("build", "--quiet", "-") with { Stdin = archive }).RunAsync();

    private static async Task<byte[]> PackAsync(IEnumerable<string> entries)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var entry in entries)
                await tar.WriteEntryAsync(Entry(entry), Token);
        }

        return archive.ToArray();
    }

    private static PaxTarEntry Entry(string text)
    {
        var (path, content) = text[2..].Split('>', 2) is [var name, var rest] ? (name, rest) : (text[2..], "caught");
        return text[0] switch
        {
            'd' => new PaxTarEntry(TarEntryType.Directory, path),
            'l' => new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = content },
            'h' => new PaxTarEntry(TarEntryType.HardLink, path) { LinkName = content },
            _ => new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) },
        };
    }
}
