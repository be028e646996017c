using System.Formats.Tar;
using System.Text;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.TestKit.Images;

/// <summary>A 2 MB root file system made from Debian's busybox-static: the same bytes wherever busybox is the same.</summary>
public static class BusyboxImage
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Plain = (UnixFileMode)0b110_100_100;

    private static readonly DateTimeOffset ModifiedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Folders = ["bin", "dev", "etc", "home", "lib", "proc", "root", "sys", "usr", "usr/bin", "usr/sbin", "var", "var/spool", "var/www"];

    private static readonly (string Path, string Text)[] Files =
    [
        ("etc/passwd", "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\nmail:x:8:8:mail:/var/spool/mail:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n"),
        ("etc/group", "root:x:0:\ndaemon:x:1:\nbin:x:2:\nadm:x:4:\nmail:x:8:\naudio:x:29:www-data\nwww-data:x:33:\nusers:x:100:\nnogroup:x:65534:\n"),
        ("etc/shadow", "root:*:10933:0:99999:7:::\n"),
        ("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
    ];

    /// <summary>Writes the root file system as an uncompressed tar.</summary>
    public static async Task WriteAsync(Stream destination)
    {
        var busybox = Requirements.Program("busybox", "busybox-static");
        var applets = (await Command.Of(busybox, "--list").OutputAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await using var tar = new TarWriter(destination, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var folder in Folders) await WriteAsync(tar, new UstarTarEntry(TarEntryType.Directory, folder + "/") { Mode = Executable });
        await WriteAsync(tar, new UstarTarEntry(TarEntryType.Directory, "tmp/") { Mode = Executable | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit });
        await using (var program = File.OpenRead(busybox))
            await WriteAsync(tar, new UstarTarEntry(TarEntryType.RegularFile, "bin/busybox") { Mode = Executable, DataStream = program });
        foreach (var applet in applets.Where(applet => applet != "busybox"))
            await WriteAsync(tar, new UstarTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox", Mode = Executable });
        foreach (var (path, text) in Files)
            await WriteAsync(tar, new UstarTarEntry(TarEntryType.RegularFile, path) { Mode = Plain, DataStream = new MemoryStream(Encoding.ASCII.GetBytes(text)) });
    }

    private static async Task WriteAsync(TarWriter tar, UstarTarEntry entry)
    {
        entry.ModificationTime = ModifiedAt;
        await tar.WriteEntryAsync(entry);
    }
}
