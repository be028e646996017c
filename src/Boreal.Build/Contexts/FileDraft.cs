using System.Buffers;
using System.Security.Cryptography;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>A file while its data come.</summary>
internal sealed class FileDraft : IDisposable
{
    private readonly FileDescriptor _file;
    private readonly ContextEntry _entry;
    private readonly long? _before;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _written;

    /// <param name="folder">Where it goes.</param>
    /// <param name="entry">What it becomes.</param>
    /// <param name="before">The size of the file whose place it takes; null for none.</param>
    public FileDraft(FileDescriptor folder, ContextEntry entry, long? before)
    {
        (_entry, _before) = (entry, before);
        var flags = before is null ? OpenFlags.Create | OpenFlags.Exclusive : OpenFlags.NonBlocking;
        try
        {
            _file = OpenAt.Open(folder, entry.Name, OpenFlags.WriteOnly | OpenAt.NoFollow | flags, ResolveFlags.NoSymlinks, before is null ? 0x180u : 0);
        }
        catch
        {
            _hash.Dispose();
            throw;
        }
    }

    public void Write(ReadOnlySequence<byte> data)
    {
        foreach (var part in data)
        {
            _hash.AppendData(part.Span);
            _file.WriteAll(part.Span);
        }
        _written += data.Length;
    }

    /// <summary>Makes the file what it was described as; its time comes last and says that it is whole.</summary>
    public void Complete()
    {
        // Not to nothing and then written: ext4 would bring each such file to the disk when it is closed.
        if (_before > _written)
            _file.Truncate(_written);
        ContextDigest.Set(_file, _hash.GetHashAndReset());
        AttributesAt.SetOwner(_file, _entry.Uid, _entry.Gid);
        AttributesAt.SetMode(_file, _entry.Permissions);
        _entry.SetAttributes(_file, isNew: _before is null);
        AttributesAt.SetTimes(_file, null, _entry.Modified);
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }
}
