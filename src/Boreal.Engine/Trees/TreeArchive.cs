using Boreal.Engine.Archives;
using Boreal.Engine.Layers;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Trees;

/// <summary>Archives laid into trees, and trees made archives.</summary>
public static class TreeArchive
{
    /// <summary>Lays an archive, plain or compressed, into a folder of a tree, over what is there.</summary>
    /// <param name="archive">The archive's path on this machine.</param>
    /// <param name="root">The tree; no name and no link in the archive leads out of it.</param>
    /// <param name="folder">The folder, relative to the root and without links.</param>
    /// <param name="owner">Of everything, in place of what the archive says.</param>
    /// <param name="cancellationToken">Leaves it half-way.</param>
    /// <returns>False when the file is no archive: then nothing was done.</returns>
    public static bool TryExtract(string archive, FileDescriptor root, string folder, (uint Uid, uint Gid)? owner, CancellationToken cancellationToken)
    {
        if (!IsArchive(archive))
            return false;
        using var file = File.OpenRead(archive);
        Extract(Plain(file), root, new TreeRules { Discard = Discard, Prefix = folder, Owner = owner }, cancellationToken);
        return true;
    }

    /// <summary>As <see cref="TryExtract"/>, for a stream of an archive that comes in.</summary>
    public static Task ExtractAsync(Stream archive, FileDescriptor root, string folder, (uint Uid, uint Gid)? owner, CancellationToken cancellationToken) =>
        ExtractAsync(archive, root, new TreeRules { Discard = Discard, Prefix = folder, Owner = owner }, cancellationToken);

    /// <summary>As above, into an empty folder, when an earlier state of the same archive is at hand: what did not change is not written again.</summary>
    /// <param name="archive">Comes in, plain or compressed.</param>
    /// <param name="root">The empty folder.</param>
    /// <param name="before">The earlier state, on the same file system; its files are taken over and it is of no use afterwards. None for none.</param>
    /// <param name="hashed">Told the SHA-256 of each file that was not taken over.</param>
    /// <param name="cancellationToken">Leaves it half-way.</param>
    public static Task ExtractAnewAsync(Stream archive, FileDescriptor root, FileDescriptor? before, Action<FileDescriptor, byte[]> hashed, CancellationToken cancellationToken) =>
        ExtractAsync(archive, root, new TreeRules { Discard = Discard, Owner = (0, 0), Before = before, Hashed = hashed }, cancellationToken);

    private static async Task ExtractAsync(Stream archive, FileDescriptor root, TreeRules rules, CancellationToken cancellationToken)
    {
        var (compression, whole) = await PeekedStream.DetectAsync(archive, cancellationToken);
        using var pipe = new ChunkPipe(1);
        await pipe.RunAsync(whole, input => Extract(ArchiveStream.Open(compression, input), root, rules, cancellationToken), cancellationToken);
    }

    private static void Discard(FileDescriptor parent, string name, string path) => TreeRemover.Remove(parent, name);

    private static void Extract(Stream archive, FileDescriptor root, TreeRules rules, CancellationToken cancellationToken)
    {
        using var extractor = new TreeExtractor(root, rules);
        var reader = new TarReader(archive);
        while (reader.Next() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TreePath.Clean(entry.Name.Span) is { } path)
                extractor.Apply(entry, path, reader);
        }

        reader.Drain();
        extractor.Finish();
    }

    /// <summary>Writes everything below a folder as tar; with a time, that is the time of all of it.</summary>
    public static void Pack(FileDescriptor folder, Stream target, DateTimeOffset? time, CancellationToken cancellationToken)
    {
        var writer = new TarWriter(target);
        new TreePacker(writer, cancellationToken) { Time = time is { } given ? new TarTime(given.ToUnixTimeSeconds(), 0) : null }.Contents(folder, "");
        writer.End();
    }

    /// <summary>Whether the file is an archive that can be laid into a tree.</summary>
    public static bool IsArchive(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return new TarReader(Plain(file)).Next() is not null;
        }
        catch (Exception exception) when (exception is TarException or InvalidDataException or EndOfStreamException or IOException or NotSupportedException)
        {
            // Something else: then it is a file like any other.
            return false;
        }
    }

    private static Stream Plain(FileStream file)
    {
        Span<byte> start = stackalloc byte[CompressionDetector.MagicBytes];
        var count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return ArchiveStream.Open(CompressionDetector.Detect(start[..count]), file);
    }
}
