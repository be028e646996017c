using System.Formats.Tar;
using System.Text;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Copying;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Cli.Copying;

public sealed class LocalExtractionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_OfATree_KeepsModesTimesAndLinks()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await ExtractAsync(
            Entry(TarEntryType.Directory, "d/", time: time),
            Entry(TarEntryType.RegularFile, "d/f", content: "text", mode: UnixFileMode.UserRead, time: time),
            Entry(TarEntryType.SymbolicLink, "d/l", link: "f"),
            Entry(TarEntryType.HardLink, "d/h", link: "d/f"));
        Assert.Equal("text", await File.ReadAllTextAsync(At("d/h"), TestContext.Current.CancellationToken));
        Assert.Equal("f", new FileInfo(At("d/l")).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(At("d/f")));
        Assert.Equal(time.UtcDateTime, Directory.GetLastWriteTimeUtc(At("d")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("d/../../evil")]
    public async Task Run_OfAPathThatLeaves_IsRefused(string name)
    {
        await Assert.ThrowsAsync<CommandFailedException>(() => ExtractAsync(Entry(TarEntryType.RegularFile, name, content: "x")));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_directory.Path) ?? "/", "evil")));
    }

    [Fact]
    public async Task Run_ThroughALinkTheArchiveMade_IsRefused()
    {
        using var outside = new TemporaryDirectory();
        await Assert.ThrowsAsync<CommandFailedException>(() => ExtractAsync(
            Entry(TarEntryType.SymbolicLink, "l", link: outside.Path), Entry(TarEntryType.RegularFile, "l/evil", content: "x")));
        Assert.Empty(Directory.GetFileSystemEntries(outside.Path));
    }

    [Fact]
    public async Task Run_OverALink_ReplacesTheLinkAndNotItsTarget()
    {
        using var outside = new TemporaryDirectory();
        await File.WriteAllTextAsync(outside.File("kept"), "kept", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(At("f"), outside.File("kept"));
        await ExtractAsync(Entry(TarEntryType.RegularFile, "f", content: "new"));
        Assert.Equal("kept", await File.ReadAllTextAsync(outside.File("kept"), TestContext.Current.CancellationToken));
        Assert.Null(new FileInfo(At("f")).LinkTarget);
    }

    private string At(string name) => Path.Combine(_directory.Path, name);

    private async Task ExtractAsync(params TarEntry[] entries)
    {
        using var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries) await tar.WriteEntryAsync(entry);
        }

        stream.Position = 0;
        await new LocalExtraction(new CopyPlan(_directory.Path, "", null)).RunAsync(stream, TestContext.Current.CancellationToken);
    }

    private static PaxTarEntry Entry(TarEntryType type, string name, string? content = null, string? link = null, UnixFileMode? mode = null, DateTimeOffset? time = null)
    {
        var entry = new PaxTarEntry(type, name) { Mode = mode ?? (UnixFileMode)0b111_101_101 };
        if (content is not null) entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        if (link is not null) entry.LinkName = link;
        if (time is { } at) entry.ModificationTime = at;
        return entry;
    }
}
