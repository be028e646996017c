using System.Globalization;
using Boreal.Cli.Output;

namespace Boreal.Cli.Building.Progress;

/// <summary>One picture of a build: a line per step, below it its parts, or what it writes.</summary>
internal sealed class TreeFrame(StepList steps, IReadOnlyDictionary<StepView, Queue<string>> tails, DateTimeOffset now, int columns)
{
    public const int TailLines = 6;

    private const int Narrowest = 40;
    private const string Done = "\u001b[34m";
    private const string Failed = "\u001b[31m";
    private const string Faint = "\u001b[2m";
    private const string Plain = "\u001b[0m";

    private static readonly bool HasColours = Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    private readonly int _width = Math.Max(columns, Narrowest) - 1;

    /// <summary>At most so many lines: what is done gives way to what is not.</summary>
    public IReadOnlyList<string> Render(TimeSpan elapsed, int most, bool isLast, bool hasFailed)
    {
        var done = steps.Steps.Count(step => step.Completed is not null);
        var head = string.Create(CultureInfo.InvariantCulture, $"[+] Building {elapsed.TotalSeconds:0.0}s ({done}/{Math.Max(done, steps.Known)}){(!isLast ? "" : hasFailed ? " FAILED" : " FINISHED")}");
        var groups = steps.Steps.Select(step => (Step: step, Lines: Lines(step).ToList())).ToList();
        var count = groups.Sum(group => group.Lines.Count);
        for (var at = 0; at < groups.Count && count > most - 1; at++)
        {
            if (groups[at].Step.Completed is null) continue;
            count -= groups[at].Lines.Count;
            groups[at].Lines.Clear();
        }

        var lines = groups.SelectMany(group => group.Lines);
        return [Texts.Ellipsis(head, _width), .. lines.TakeLast(most - 1)];
    }

    private IEnumerable<string> Lines(StepView step)
    {
        var colour = step.Completed is null ? "" : step.Error.Length > 0 && !step.IsCanceled ? Failed : Done;
        var word = step switch { { IsCanceled: true } => "CANCELED ", { Error.Length: > 0 } => "ERROR ", { IsCached: true } => "CACHED ", _ => "" };
        yield return Paint(Row($" => {word}{step.Name}", step.Duration(now).TotalSeconds), colour);
        foreach (var part in step.Parts)
            yield return Paint(Row($" => => {part.ID}{PartText.Size(part)}", PartText.Seconds(part, now)), part.Completed is null ? "" : colour);
        if (step.Completed is not null || !tails.TryGetValue(step, out var tail)) yield break;
        foreach (var line in tail) yield return Paint(Texts.Ellipsis($" => => # {Printable(line)}", _width), Faint);
    }

    private string Row(string text, double seconds)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $" {seconds:0.0}s");
        return Texts.Ellipsis(text, _width - time.Length).PadRight(_width - time.Length) + time;
    }

    private static string Paint(string text, string colour) => HasColours && colour.Length > 0 ? $"{colour}{text}{Plain}" : text;

    // What a process writes must not steer the terminal.
    private static string Printable(string line)
    {
        var text = line.Replace('\t', ' ');
        return text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 ? text : ControlSequences.Remove(text);
    }
}
