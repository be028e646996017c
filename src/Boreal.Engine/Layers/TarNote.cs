using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Layers;

/// <summary>
/// Makes a layer of a tree that stays where it is: its tar is hashed and noted as a recipe, but not written. One pass over the files.
/// </summary>
internal static class TarNote
{
    /// <param name="folder">The layer's folder, with the tree in it; the recipe is put beside that.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="cancellationToken">The recipe is not complete then.</param>
    public static LayerContent Write(string folder, string tree, CancellationToken cancellationToken)
    {
        using var root = FileDescriptor.Open(tree, OpenAt.DirectoryOnly);
        using var recipe = new RecipeWriter(folder);
        var rest = new RecipeRest(recipe);
        using var tar = new HashingStream(rest);
        var writer = new TarWriter(tar);
        var packer = new TreePacker(writer, cancellationToken) { Whiteouts = true, PayloadAt = rest.Payload };
        packer.Contents(root, "");
        writer.End();
        recipe.Complete();
        var digest = tar.Complete();
        return new LayerContent { DiffId = digest, SourceDigest = digest, TarSize = rest.Total, Size = packer.Bytes };
    }

    /// <summary>Gives the recipe everything but the payloads.</summary>
    private sealed class RecipeRest(RecipeWriter recipe) : Stream
    {
        private long _payload;

        public long Total { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Payload(string path, long length)
        {
            recipe.Payload(path, length);
            _payload = length;
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Total += buffer.Length;
            var payload = (int)Math.Min(_payload, buffer.Length);
            _payload -= payload;
            recipe.Write(buffer[payload..]);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
