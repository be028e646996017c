using Boreal.ShimWire.Logs;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Logs;

/// <summary>Lines into a rotated file, as JSON or as binary records.</summary>
internal sealed class FileLog : IContainerLog, ILineWriter
{
    private readonly RotatingFile _file;
    private readonly bool _json;
    private readonly byte[] _attributes;
    private readonly ByteBuffer _batch = new();
    private readonly LineSplitter _stdout = new(StdStream.Stdout);
    private readonly LineSplitter _stderr = new(StdStream.Stderr);

    internal FileLog(LogMessage target)
    {
        _json = target.Format is LogFormat.JsonFile;
        _attributes = _json ? JsonLogLine.Attributes(target.Attributes) : [];
        _file = new RotatingFile(target, _json ? TornTail.EndLine : TornTail.CutRecord);
    }

    public void Write(StdStream stream, ReadOnlySpan<byte> data)
    {
        (stream is StdStream.Stderr ? _stderr : _stdout).Split(data, this);
        FlushBatch();
    }

    public void WriteLine(StdStream stream, ReadOnlySpan<byte> line, bool endsWithNewline, long nanoseconds)
    {
        if (_json) JsonLogLine.Write(_batch, stream, line, endsWithNewline, nanoseconds, _attributes);
        else LocalLogRecord.Write(_batch, stream, line, endsWithNewline, nanoseconds);
        if (_file.IsFullWith(_batch.Length)) FlushBatch();
    }

    public void Close()
    {
        _stdout.End(this);
        _stderr.End(this);
        FlushBatch();
        _file.Close();
    }

    private void FlushBatch()
    {
        if (_batch.Length == 0) return;
        _file.Append(_batch.Written);
        _batch.Clear();
    }
}
