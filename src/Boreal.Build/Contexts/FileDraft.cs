using System.Buffers;
using System.Security.Cryptography;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>A file while its data come.</summary>
internal sealed class FileDraft : IDisposable
{
    private readonly FileDescriptor _parent;
    private readonly FileDescriptor _file;
    private readonly ContextEntry _entry;
    private readonly string _name;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Takes over <paramref name="parent"/>.</summary>
    public FileDraft(FileDescriptor parent, ContextEntry entry)
    {
        _parent = parent;
        _entry = entry;
        _name = entry.Name;
        try
        {
            _file = OpenAt.Open(parent, _name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenAt.NoFollow, ResolveFlags.NoSymlinks, 0x180);
        }
        catch
        {
            parent.Dispose();
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
    }

    /// <summary>Makes the file what it was described as; its time comes last and says that it is whole.</summary>
    public void Complete()
    {
        ContextDigest.Set(_parent, _name, _hash.GetHashAndReset());
        AttributesAt.SetOwner(_file, _entry.Uid, _entry.Gid);
        AttributesAt.SetMode(_file, _entry.Permissions);
        _entry.SetAttributes(_parent, _name);
        AttributesAt.SetTimes(_file, null, _entry.Modified);
    }

    public void Dispose()
    {
        _file.Dispose();
        _parent.Dispose();
        _hash.Dispose();
    }
}
