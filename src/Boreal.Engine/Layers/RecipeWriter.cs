using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using ZstdSharp;

namespace Boreal.Engine.Layers;

/// <summary>
/// Writes down how to rebuild a layer's tar bit by bit from its unpacked tree: everything between the payloads, and
/// where each payload landed. So a layer is kept once, not as tree and archive. See README.md for the format.
/// </summary>
internal sealed class RecipeWriter : Stream
{
    public const string FileName = "recipe";
    public const string MovedFileName = "moved";
    public const string MovedFolder = "replaced";

    private const int CompressionLevel = 1;

    private readonly string _directory;
    private readonly BinaryWriter _output;
    private readonly MemoryStream _structure = new();
    private readonly List<(string Path, long Payloads)> _moved = [];
    private long _payloads;

    public RecipeWriter(string directory)
    {
        _directory = directory;
        var file = new FileStream(Path.Combine(directory, FileName), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024);
        _output = new BinaryWriter(new BufferedStream(new CompressionStream(file, CompressionLevel, leaveOpen: false), 64 * 1024));
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer) => _structure.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => _structure.Write(buffer, offset, count);

    /// <summary>A payload of this length comes next in the stream and lands at this path.</summary>
    public void Payload(string path, long length)
    {
        WriteStructure();
        var name = PathText.Encode(path);
        _output.Write7BitEncodedInt(name.Length);
        _output.Write(name);
        _output.Write7BitEncodedInt64(length);
        _payloads++;
    }

    /// <summary>Keeps what a later entry of the same layer replaces: its payloads are still part of the archive.</summary>
    public void MoveAway(FileDescriptor parent, string name, string path)
    {
        var folder = Path.Combine(_directory, MovedFolder);
        Directory.CreateDirectory(folder);
        using var target = FileDescriptor.Open(folder, OpenFlags.PathOnly | OpenAt.DirectoryOnly);
        var errno = NodeAt.TryRename(parent, name, target, $"{_moved.Count}");
        if (errno != 0)
            throw new LinuxException(errno, "renameat", path);
        _moved.Add((path, _payloads));
    }

    /// <summary>Ends the recipe; without this it is not valid.</summary>
    public void Complete()
    {
        WriteStructure();
        _output.Write7BitEncodedInt(0);
        _output.Flush();
        if (_moved.Count == 0)
            return;

        using var moved = new BinaryWriter(File.Create(Path.Combine(_directory, MovedFileName)));
        moved.Write7BitEncodedInt(_moved.Count);
        foreach (var (path, payloads) in _moved)
        {
            var name = PathText.Encode(path);
            moved.Write7BitEncodedInt(name.Length);
            moved.Write(name);
            moved.Write7BitEncodedInt64(payloads);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _output.Dispose();
            _structure.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteStructure()
    {
        _output.Write7BitEncodedInt64(_structure.Length);
        _output.Write(_structure.GetBuffer(), 0, (int)_structure.Length);
        _structure.SetLength(0);
    }
}
