using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Protocol.Types;
using Google.Protobuf;

namespace Boreal.Cli.Building.Folders;

/// <summary>A folder of files that are on no disk. Filters do not matter: there is never more in it than is wanted.</summary>
internal sealed class InlineFolder(IReadOnlyList<KeyValuePair<string, byte[]>> files) : IOfferedFolder, ISentFolder
{
    private const uint OwnerOnly = 0x180;

    public ISentFolder Open(FolderFilter filter) => this;

    public IEnumerable<Stat> Describe() => files.Select(file => new Stat { Path = ByteString.CopyFromUtf8(file.Key), Mode = OwnerOnly, Size = file.Value.Length });

    public ISentFile? TryOpen(uint entry) => entry < files.Count ? new InlineFile(files[(int)entry].Value) : null;

    private sealed class InlineFile(ReadOnlyMemory<byte> rest) : ISentFile
    {
        private ReadOnlyMemory<byte> _rest = rest;

        public int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _rest.Length);
            _rest.Span[..count].CopyTo(buffer);
            _rest = _rest[count..];
            return count;
        }

        public void Dispose()
        {
        }
    }
}
