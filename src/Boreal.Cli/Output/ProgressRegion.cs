using System.Text;
using Boreal.Client.Streams;

namespace Boreal.Cli.Output;

/// <summary>
/// The lines at the end of a terminal that progress overwrites, one per item such as a layer. More items than the terminal has rows
/// are summed up in a last line: what has scrolled away cannot be overwritten.
/// </summary>
internal sealed class ProgressRegion
{
    private const int WidestBar = 50;
    private const int NarrowestBar = 10;

    private static readonly string[] FinalWords = ["complete", "exists", "Pushed", "Mounted", "Exists"];

    private readonly List<(string Id, ProgressMessage Message)> _items = [];
    private int _drawn;

    public bool IsEmpty => _items.Count is 0;

    /// <summary>Takes a message in; true when it says more than how far an item is, and should be shown at once.</summary>
    public bool Take(string id, ProgressMessage message)
    {
        var at = _items.FindIndex(item => item.Id == id);
        if (at < 0) _items.Add((id, message));
        var isNews = at < 0 || _items[at].Message.Status != message.Status;
        if (at >= 0) _items[at] = (id, message);
        return isNews;
    }

    /// <summary>What to write to bring the terminal up to date.</summary>
    public string Frame(int rows, int columns)
    {
        var room = Math.Max(2, rows - 1);
        var lines = _items.Count <= room ? _items : Unfinished(room - 1);
        var frame = new StringBuilder();
        Rewind(frame);
        foreach (var (id, message) in lines) Line(frame, Text(id, message, columns), columns);
        if (lines.Count < _items.Count) Line(frame, $"{_items.Count} in all, {_items.Count(item => IsFinal(item.Message))} done", columns);
        _drawn = lines.Count < _items.Count ? lines.Count + 1 : lines.Count;
        return frame.Append("\u001b[J").ToString();
    }

    /// <summary>Writes every item a last time, whatever has to scroll away, and begins anew below.</summary>
    public string End(int columns)
    {
        var frame = new StringBuilder();
        Rewind(frame);
        foreach (var (id, message) in _items) Line(frame, Text(id, message, columns), columns);
        _items.Clear();
        _drawn = 0;
        return frame.Append("\u001b[J").ToString();
    }

    private List<(string Id, ProgressMessage Message)> Unfinished(int most)
    {
        var chosen = _items.FindAll(item => !IsFinal(item.Message));
        // Those that move first: the ones waiting tell nothing.
        return [.. chosen.OrderBy(item => item.Message.Detail is { Total: > 0 } ? 0 : 1).Take(most)];
    }

    private static bool IsFinal(ProgressMessage message) => Array.Exists(FinalWords, word => message.Status?.Contains(word, StringComparison.Ordinal) is true);

    private void Rewind(StringBuilder frame)
    {
        if (_drawn > 0) frame.Append($"\u001b[{_drawn}A");
        frame.Append('\r');
    }

    // A line as wide as the terminal would wrap and count as two.
    private static void Line(StringBuilder frame, string text, int columns) => frame.Append("\u001b[2K").Append(Texts.Ellipsis(text, Math.Max(NarrowestBar, columns - 1))).Append('\n');

    private static string Text(string id, ProgressMessage message, int columns)
    {
        var text = $"{id}: {message.Status}";
        if (message.Detail is not { Current: > 0 } detail) return text;
        if (detail.Total <= 0 || detail.Current > detail.Total) return $"{text} {Units.Size(detail.Current)}";
        var figures = $" {Units.Size(detail.Current)}/{Units.Size(detail.Total)}";
        var cells = Math.Min(WidestBar, columns - 1 - text.Length - figures.Length - 3);
        return cells < NarrowestBar ? text + figures : $"{text} {Bar(detail, cells)} {figures.TrimStart()}";
    }

    private static string Bar(ProgressDetail detail, int cells)
    {
        var done = (int)(detail.Current * (double)cells / detail.Total);
        return done >= cells ? $"[{new string('=', cells)}]" : $"[{new string('=', done)}>{new string(' ', cells - done - 1)}]";
    }
}
