using System.Buffers;
using System.Threading.Channels;
using Boreal.BuildWire.Packets;

namespace Boreal.Build.Contexts;

/// <summary>A folder as its entries arrive: as long as they are those of the last time nothing is looked at, and from the first other one on everything is.</summary>
internal sealed class ContextArrival(ContextFolder folder, ChannelWriter<uint> wanted) : IDisposable
{
    private const int MostEntries = 10_000_000;

    private readonly ContextManifest _manifest = new(folder);
    private ContextWriter? _writer;
    private uint _count;
    private bool _hasAllEntries;

    /// <summary>There is nothing to wait for.</summary>
    public bool IsComplete => _hasAllEntries && _writer is not { Missing: > 0 };

    public void Add(in ReadOnlySequence<byte> entry)
    {
        if (_hasAllEntries || _count >= MostEntries)
            throw new ContextException("the client sent more entries than there can be");
        if (_writer is not null || !_manifest.Matches(entry))
        {
            var writer = Change();
            _manifest.Append(entry);
            Add(writer, _count, entry);
        }

        _count++;
    }

    /// <summary>There are no more entries.</summary>
    public void EndEntries()
    {
        _hasAllEntries = true;
        if (_writer is not null || !_manifest.MatchesEnd())
            Change().EndEntries();
        wanted.TryComplete();
    }

    public void Write(uint id, in ReadOnlySequence<byte> data) => (_writer ?? throw ContextWriter.NotWanted(id)).Write(id, data);

    public void Complete()
    {
        _writer?.Complete();
        _manifest.Complete();
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _manifest.Dispose();
    }

    private ContextWriter Change()
    {
        if (_writer is not null)
            return _writer;
        _writer = new ContextWriter(folder.Descriptor);
        var id = 0u;
        foreach (var entry in _manifest.BeginChange())
            Add(_writer, id++, new ReadOnlySequence<byte>(entry));
        return _writer;
    }

    private void Add(ContextWriter writer, uint id, in ReadOnlySequence<byte> entry)
    {
        if (writer.Add(id, ContextEntry.Read(entry)))
            wanted.TryWrite(id);
    }
}
