using System.Formats.Tar;

namespace Boreal.Cli.Copying;

/// <summary>Writes a file or a directory tree of this machine as a tar; symbolic links stay links.</summary>
internal static class LocalTar
{
    public static async Task WriteAsync(Stream target, string path, string name, Action<long> copied, CancellationToken cancellationToken)
    {
        await using var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        await AddAsync(tar, path, name, copied, cancellationToken);
    }

    private static async Task AddAsync(TarWriter tar, string path, string name, Action<long> copied, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        await tar.WriteEntryAsync(path, name, cancellationToken);
        if (file.LinkTarget is not null) return;
        if (!Directory.Exists(path))
        {
            copied(file.Length);
            return;
        }

        foreach (var child in Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal))
            await AddAsync(tar, child, $"{name.TrimEnd('/')}/{Path.GetFileName(child)}", copied, cancellationToken);
    }
}
