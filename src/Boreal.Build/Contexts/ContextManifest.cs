using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.Layers;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>
/// The entries that a folder was received with, as they came: while a client describes the same again there is nothing to look at.
/// A file of lengths and entries beside the folder; the folder itself bears the file's hash and loses it before it is changed.
/// </summary>
internal sealed class ContextManifest : IDisposable
{
    private const string Attribute = "trusted.boreal.entries";
    private const string Suffix = ".entries";
    private const int BufferBytes = 32 * 1024;
    private const int LargestEntry = 16 << 20;

    private readonly ContextFolder _folder;
    private readonly byte[]? _valid;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream? _known;
    private byte[] _entry = new byte[512];
    private FileStream? _written;
    private int _matched;

    public ContextManifest(ContextFolder folder)
    {
        _folder = folder;
        _valid = ExtendedAttributes.Get(folder.Descriptor, Attribute);
        Restart();
        if (_valid is not null && File.Exists(PathOf(folder.Path)))
            _known = new FileStream(PathOf(folder.Path), FileMode.Open, FileAccess.Read, FileShare.Delete, BufferBytes);
    }

    /// <summary>Where a folder's manifest lies.</summary>
    public static string PathOf(string folder) => folder + Suffix;

    /// <summary>This entry comes next, as it did the last time. False: it does not, and <see cref="BeginChange"/> is due.</summary>
    public bool Matches(in ReadOnlySequence<byte> entry)
    {
        if (_known is null || TryRead(_known) is not { } length || length != entry.Length || !IsSame(entry))
            return false;
        Hash(_entry.AsSpan(0, length));
        _matched++;
        return true;
    }

    /// <summary>No entry comes any more, as the last time, and what is kept of that time is sound.</summary>
    public bool MatchesEnd() => _known is not null && TryRead(_known) is null && _hash.GetCurrentHash().AsSpan().SequenceEqual(_valid);

    /// <summary>The folder is going to be changed. Gives the entries that matched until now: they count again, one by one, before what follows.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> BeginChange()
    {
        // Where the file system keeps no attributes there is none to remove either.
        _ = ExtendedAttributes.TryRemove(_folder.Descriptor, Attribute);
        _folder.Memory.Begin("");
        _written = new FileStream(PathOf(_folder.Path) + ".new", FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        _known?.Seek(0, SeekOrigin.Begin);
        Restart();
        for (; _known is not null && _matched > 0 && TryRead(_known) is { } length; _matched--)
        {
            Append(_entry.AsSpan(0, length));
            yield return _entry.AsMemory(0, length);
        }
    }

    public void Append(in ReadOnlySequence<byte> entry)
    {
        var length = (int)entry.Length;
        Reserve(length);
        entry.CopyTo(_entry);
        Append(_entry.AsSpan(0, length));
    }

    /// <summary>The folder is as its entries say, from now on until its next change.</summary>
    public void Complete()
    {
        if (_written is { } written)
        {
            written.Dispose();
            File.Move(PathOf(_folder.Path) + ".new", PathOf(_folder.Path), overwrite: true);
            _ = ExtendedAttributes.TrySet(_folder.Descriptor, Attribute, _hash.GetCurrentHash());
        }

        _folder.Memory.Begin(Convert.ToHexStringLower(_hash.GetCurrentHash()));
    }

    public void Dispose()
    {
        _hash.Dispose();
        _known?.Dispose();
        _written?.Dispose();
    }

    // After a power loss neither the files nor this are known to be what was written: it counts for the boot only.
    private void Restart()
    {
        _ = _hash.GetHashAndReset();
        _hash.AppendData(Encoding.ASCII.GetBytes(BootId.Current));
    }

    private int? TryRead(FileStream file)
    {
        Span<byte> head = stackalloc byte[sizeof(int)];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > LargestEntry)
            return null;
        Reserve(length);
        return file.ReadAtLeast(_entry.AsSpan(0, length), length, throwOnEndOfStream: false) == length ? length : null;
    }

    private bool IsSame(in ReadOnlySequence<byte> entry)
    {
        var at = 0;
        foreach (var part in entry)
        {
            if (!_entry.AsSpan(at, part.Length).SequenceEqual(part.Span))
                return false;
            at += part.Length;
        }

        return true;
    }

    private void Append(ReadOnlySpan<byte> entry)
    {
        Span<byte> head = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(head, entry.Length);
        _written?.Write(head);
        _written?.Write(entry);
        Hash(entry);
    }

    private void Hash(ReadOnlySpan<byte> entry)
    {
        Span<byte> head = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(head, entry.Length);
        _hash.AppendData(head);
        _hash.AppendData(entry);
    }

    private void Reserve(int length)
    {
        if (_entry.Length < length)
            _entry = new byte[Math.Max(length, 2 * _entry.Length)];
    }
}
