using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Engine.Trees;
using Boreal.Oci.Content;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Images;

/// <summary>
/// Reads an image archive in one pass. The documents that say what is a layer come last, so whatever looks like a tar is
/// unpacked as it streams by, while earlier layers are still being finished.
/// </summary>
internal sealed class ArchiveReader(LayerStore layers, Action<ImageNotice> notify)
{
    private const int TarBlock = 512;
    private const int LargestDocument = 8 << 20;
    private const int MostDocuments = 64 << 20;
    private const int MostLayers = 1000;
    private const int MostUnfinished = 4;
    private const long NoticeBytes = 4 << 20;
    private const string BlobFolder = "blobs/sha256/";

    private readonly Queue<ArchiveLayer> _unfinished = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _documentBytes;
    private int _layerCount;

    /// <summary>For a thread of its own: blocks on the stream.</summary>
    public void Read(Stream archive, ArchiveContents contents)
    {
        var reader = new TarReader(archive);
        while (reader.Next() is { } entry)
        {
            var path = TreePath.Clean(entry.Name.Span) ?? throw new EngineException(ErrorKind.Invalid, "the archive has an entry outside of its root");
            if (entry.Kind is TarKind.Regular)
                ReadFile(path, entry, reader, contents);
            else if (entry.Kind is TarKind.SymbolicLink or TarKind.HardLink)
                AddLink(path, entry, contents);
        }

        reader.Drain();
    }

    private static void AddLink(string path, TarEntry entry, ArchiveContents contents)
    {
        var folder = entry.Kind is TarKind.SymbolicLink ? TreePath.Split(path).Parent : "";
        if (TreePath.Clean(TreePath.Join(folder, Linux.Files.PathText.Decode(entry.LinkName.Span))) is { } target)
            contents.AddLink(path, target);
    }

    private void ReadFile(string path, TarEntry entry, TarReader reader, ArchiveContents contents)
    {
        if (KnownLayer(path) is { } diffId && entry.Size > LargestDocument)
        {
            contents.AddKnown(path, diffId);
            return;
        }

        var start = ReadSome(reader, TarBlock);
        var compression = CompressionDetector.Detect(_buffer.AsSpan(0, start));
        if ((compression is not Compression.None || LooksLikeTar(_buffer.AsSpan(0, start))) && !contents.HasLayer(path))
            contents.AddLayer(path, ReadLayer(path, entry, reader, start, compression));
        else if (entry.Size <= LargestDocument)
            contents.AddDocument(path, ReadDocument(entry, reader, start));
    }

    private Digest? KnownLayer(string path) =>
        path.StartsWith(BlobFolder, StringComparison.Ordinal) && Digest.TryParse("sha256:" + path[BlobFolder.Length..], out var digest) && layers.Has(digest)
            ? digest
            : null;

    private ArchiveLayer ReadLayer(string path, TarEntry entry, TarReader reader, int start, Compression compression)
    {
        if (++_layerCount > MostLayers)
            throw new EngineException(ErrorKind.Invalid, $"the archive has more than {MostLayers} layers");
        while (_unfinished.Count >= MostUnfinished)
            _unfinished.Dequeue().Content.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();

        var draft = layers.CreateDraft();
        var intake = new LayerIntake(draft, compression);
        try
        {
            var progress = new Progress(path, entry.Size, notify);
            intake.Write(_buffer.AsSpan(0, start));
            progress.Add(start);
            int count;
            while ((count = reader.ReadPayload(_buffer)) > 0)
            {
                intake.Write(_buffer.AsSpan(0, count));
                progress.Add(count);
            }

            var layer = new ArchiveLayer(draft, intake, intake.CompleteAsync());
            _unfinished.Enqueue(layer);
            return layer;
        }
        catch (Exception exception)
        {
            var failure = intake.Failure ?? exception;
            intake.Abort(failure);
            intake.EndedAsync().Wait();
            intake.Dispose();
            draft.Dispose();
            throw failure;
        }
    }

    private byte[] ReadDocument(TarEntry entry, TarReader reader, int start)
    {
        _documentBytes += (int)entry.Size;
        if (_documentBytes > MostDocuments)
            throw new EngineException(ErrorKind.Invalid, "the archive has too many files that are no layers");
        var document = new byte[entry.Size];
        _buffer.AsSpan(0, start).CopyTo(document);
        for (var at = start; at < document.Length;)
            at += reader.ReadPayload(document.AsSpan(at));
        return document;
    }

    private int ReadSome(TarReader reader, int wanted)
    {
        var total = 0;
        int count;
        while (total < wanted && (count = reader.ReadPayload(_buffer.AsSpan(total, wanted - total))) > 0)
            total += count;
        return total;
    }

    private static bool LooksLikeTar(ReadOnlySpan<byte> start)
    {
        if (start.Length < TarBlock)
            return false;
        return !start.ContainsAnyExcept((byte)0) || TarReader.IsHeader(start);
    }

    private sealed class Progress(string path, long total, Action<ImageNotice> notify)
    {
        private readonly string _id = path.StartsWith(BlobFolder, StringComparison.Ordinal) ? path[BlobFolder.Length..] : path.Split('/')[0];
        private long _current;
        private long _told;

        public void Add(int count)
        {
            _current += count;
            if (_current - _told < NoticeBytes && _current < total)
                return;
            _told = _current;
            notify(new ImageNotice { LayerId = _id.Length > 12 ? _id[..12] : _id, Current = _current, Total = total });
        }
    }
}
