using Boreal.Oci.Content;

namespace Boreal.Engine.Content;

/// <summary>
/// A blob's file on its way in. What came so far outlives this process, so that the rest can be asked for later; the
/// digest is checked over the whole when it is whole.
/// </summary>
internal sealed class BlobDraft : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    public BlobDraft(string path, long longest)
    {
        _path = path;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        // Longer than the whole can only be garbage.
        if (_file.Length > longest)
            _file.SetLength(0);
        Start = _file.Length;
        _file.Position = Start;
        Growth = new GrowingFile(path);
    }

    /// <summary>For who reads the blob while it is written.</summary>
    public GrowingFile Growth { get; }

    /// <summary>Bytes that were here already.</summary>
    public long Start { get; }

    public long Length => _file.Position;

    public Stream OpenStart() => new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);

    public void Write(ReadOnlySpan<byte> data)
    {
        _file.Write(data);
        Growth.SetLength(_file.Position);
    }

    /// <summary>Gives the file its final name.</summary>
    public void Keep(string path) => Growth.Move(path);

    /// <summary>Gives the space back.</summary>
    public void Discard() => File.Delete(_path);

    public void Dispose() => _file.Dispose();
}
