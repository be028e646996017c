using System.Buffers;
using System.Security.Cryptography;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Contexts;

/// <summary>A file while its data come.</summary>
internal sealed class FileDraft : IDisposable
{
    private readonly FileDescriptor _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private FileDraft(FileDescriptor file, ContextEntry entry)
    {
        _file = file;
        Entry = entry;
    }

    public ContextEntry Entry { get; }

    /// <summary>Takes over <paramref name="parent"/>.</summary>
    public static FileDraft Create(FileDescriptor parent, ContextEntry entry)
    {
        using (parent)
        {
            var file = OpenAt.Open(parent, entry.Name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenAt.NoFollow, ResolveFlags.NoSymlinks, 0x180);
            return new FileDraft(file, entry);
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

    public byte[] Digest() => _hash.GetHashAndReset();

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }
}
