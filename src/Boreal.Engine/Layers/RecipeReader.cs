using System.Buffers;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using ZstdSharp;

namespace Boreal.Engine.Layers;

/// <summary>Rebuilds a layer's tar from its tree by the recipe written when it was unpacked.</summary>
internal sealed class RecipeReader(string directory)
{
    private const int BufferBytes = 256 * 1024;
    private const int LongestName = 1 << 20;

    private readonly List<(string Path, long Payloads)> _moved = [];

    /// <summary>Writes the whole archive. The caller checks the digest of what came out.</summary>
    public void CopyTo(Stream target, CancellationToken cancellationToken)
    {
        LoadMoved();
        using var tree = FileDescriptor.Open(Path.Combine(directory, LayerStore.TreeFolder), OpenFlags.PathOnly | OpenAt.DirectoryOnly);
        using var file = File.OpenRead(Path.Combine(directory, RecipeWriter.FileName));
        using var input = new BinaryReader(new BufferedStream(new DecompressionStream(file), 64 * 1024));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long payload = 0; ; payload++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CopyStructure(input, target, buffer);
                var length = input.Read7BitEncodedInt();
                if (length == 0)
                    return;
                if (length is < 0 or > LongestName)
                    throw new InvalidDataException($"{directory}: the layer's recipe is damaged");
                var path = PathText.Decode(input.ReadBytes(length));
                CopyPayload(tree, path, payload, input.Read7BitEncodedInt64(), target, buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void CopyStructure(BinaryReader input, Stream target, byte[] buffer)
    {
        for (var rest = input.Read7BitEncodedInt64(); rest > 0;)
        {
            var count = input.Read(buffer, 0, (int)Math.Min(rest, buffer.Length));
            if (count == 0)
                throw new EndOfStreamException("the layer's recipe ends early");
            target.Write(buffer, 0, count);
            rest -= count;
        }
    }

    private void CopyPayload(FileDescriptor tree, string path, long payload, long length, Stream target, byte[] buffer)
    {
        using var file = Open(tree, path, payload);
        while (length > 0)
        {
            var count = file.TryRead(buffer.AsSpan(0, (int)Math.Min(length, buffer.Length)));
            if (count <= 0)
                throw new InvalidDataException($"{directory}: '{path}' of the layer is shorter than when it was unpacked");
            target.Write(buffer, 0, count);
            length -= count;
        }
    }

    private FileDescriptor Open(FileDescriptor tree, string path, long payload)
    {
        for (var i = 0; i < _moved.Count; i++)
        {
            var (moved, payloads) = _moved[i];
            if (payloads <= payload || !IsSameOrBelow(path, moved))
                continue;
            using var folder = FileDescriptor.Open(Path.Combine(directory, RecipeWriter.MovedFolder), OpenFlags.PathOnly | OpenAt.DirectoryOnly);
            return OpenAt.Open(folder, $"{i}{path[moved.Length..]}", OpenFlags.ReadOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);
        }

        return OpenAt.Open(tree, path, OpenFlags.ReadOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);
    }

    private static bool IsSameOrBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private void LoadMoved()
    {
        _moved.Clear();
        var file = Path.Combine(directory, RecipeWriter.MovedFileName);
        if (!File.Exists(file))
            return;
        using var input = new BinaryReader(File.OpenRead(file));
        for (var count = input.Read7BitEncodedInt(); count > 0; count--)
        {
            var length = input.Read7BitEncodedInt();
            _moved.Add((PathText.Decode(input.ReadBytes(length)), input.Read7BitEncodedInt64()));
        }
    }
}
