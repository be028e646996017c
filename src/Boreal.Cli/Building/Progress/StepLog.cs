using System.Globalization;
using System.Text;
using Boreal.BuildWire.Protocol.Control;

namespace Boreal.Cli.Building.Progress;

/// <summary>A step's output in lines, each with the seconds since the step began.</summary>
internal sealed class StepLog
{
    private const int KeptForFailure = 100;
    private const int KeptBytes = 64 * 1024;

    private readonly Queue<string> _last = new();
    private readonly StringBuilder _line = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _lastLength;
    private DateTimeOffset _lineTime;

    /// <summary>The last lines, for when the step fails.</summary>
    public IReadOnlyCollection<string> Last => _last;

    /// <summary>The lines that this piece completes.</summary>
    public List<string> Take(VertexLog log, DateTimeOffset? started)
    {
        var lines = new List<string>();
        var text = new char[log.Msg.Length + 1];
        var count = _decoder.GetChars(log.Msg.Span, text, flush: false);
        foreach (var letter in text.AsSpan(0, count))
        {
            if (_line.Length is 0) _lineTime = log.Timestamp?.ToDateTimeOffset() ?? started ?? default;
            if (letter is '\n') lines.Add(EndLine(started));
            else _line.Append(letter);
        }

        return lines;
    }

    /// <summary>What was written without an end of line.</summary>
    public string? Finish(DateTimeOffset? started) => _line.Length is 0 ? null : EndLine(started);

    private string EndLine(DateTimeOffset? started)
    {
        // Of a line that was overwritten the last state counts, as on a terminal.
        var text = _line.ToString().TrimEnd('\r');
        text = text[(text.LastIndexOf('\r') + 1)..];
        _line.Clear();
        var seconds = started is { } start ? Math.Max(0, (_lineTime - start).TotalSeconds) : 0;
        var line = string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000} {text}");
        _last.Enqueue(line);
        _lastLength += line.Length;
        while (_last.Count > KeptForFailure || (_lastLength > KeptBytes && _last.Count > 1)) _lastLength -= _last.Dequeue().Length;
        return line;
    }
}
