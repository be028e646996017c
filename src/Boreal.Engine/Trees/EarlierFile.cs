using System.Buffers;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Trees;

/// <summary>A file of an archive's earlier state, held against what the archive says now.</summary>
internal sealed class EarlierFile : IDisposable
{
    private readonly FileDescriptor _tree;
    private readonly string _path;
    private ReadOnlyMemory<byte> _other;
    private long _same;

    private EarlierFile(FileDescriptor tree, string path, FileDescriptor file) => (_tree, _path, File) = (tree, path, file);

    public FileDescriptor File { get; }

    /// <summary>Null where there is none of that size, or one with other names, which might have been the same file for another reason.</summary>
    public static EarlierFile? TryOpen(FileDescriptor? tree, string path, long size)
    {
        const OpenFlags flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoTerminal;
        if (tree is null || OpenAt.TryOpen(tree, path, flags | OpenAt.NoFollow, ResolveFlags.Beneath | ResolveFlags.NoSymlinks, 0, out _) is not { } file)
            return null;
        if (StatAt.Get(file) is { IsRegular: true, Links: 1 } status && status.Size == size)
            return new EarlierFile(tree, path, file);
        file.Dispose();
        return null;
    }

    /// <summary>Reads the payload as long as it is the file's content. False: <see cref="WriteRead"/> gives what was read, the reader the rest.</summary>
    /// <param name="reader">At the payload's beginning.</param>
    /// <param name="buffer">For the payload; not to be used between this and <see cref="WriteRead"/>.</param>
    public bool IsSame(TarReader reader, byte[] buffer)
    {
        var own = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            int count;
            while ((count = reader.ReadPayload(buffer)) > 0)
            {
                if (File.ReadAt(own.AsSpan(0, count), _same) != count || !own.AsSpan(0, count).SequenceEqual(buffer.AsSpan(0, count)))
                {
                    _other = buffer.AsMemory(0, count);
                    return false;
                }

                _same += count;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(own);
        }
    }

    /// <summary>What was read until the first difference, and the piece that it is in.</summary>
    public void WriteRead(Action<ReadOnlySpan<byte>> write)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_other.Length);
        for (var at = 0L; at < _same;)
        {
            var count = File.ReadAt(buffer.AsSpan(0, (int)Math.Min(_same - at, buffer.Length)), at);
            write(buffer.AsSpan(0, count));
            at += count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        write(_other.Span);
    }

    /// <summary>Gives the file another name; the error number, 0 for success.</summary>
    public int TryLink(FileDescriptor folder, string name) => NodeAt.TryLink(_tree, _path, folder, name);

    public void Dispose() => File.Dispose();
}
