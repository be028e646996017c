using System.Globalization;
using System.Text;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Cli.Output;

namespace Boreal.Cli.Building.Progress;

/// <summary>
/// Steps in blocks of lines, each with its number in front, for logs and pipes. One step speaks at a time; others wait until it is done,
/// or has been silent for a while.
/// </summary>
internal sealed class PlainDisplay : IBuildDisplay
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PartInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly StepList _steps = new();
    private readonly Dictionary<StepView, Block> _blocks = [];
    private readonly TextWriter _output;
    private readonly TimeProvider _clock;
    private readonly PeriodicTimer _ticks;
    private readonly Task _watching;
    private Block? _speaker;
    private long _spokeAt;
    private bool _isFirst = true;

    public PlainDisplay(TextWriter output, TimeProvider clock)
    {
        (_output, _clock) = (output, clock);
        _ticks = new PeriodicTimer(Every, clock);
        _watching = WatchAsync();
    }

    public void Take(StatusResponse news)
    {
        lock (_lock)
        {
            foreach (var (step, lines) in _steps.Take(news))
            {
                if (!_blocks.TryGetValue(step, out var block)) _blocks.Add(step, block = new Block(step));
                block.Add(lines);
            }

            Speak();
            _output.Flush();
        }
    }

    public void Complete(bool hasFailed)
    {
        lock (_lock)
        {
            foreach (var block in _blocks.Values.Where(block => block.HasNews(_clock, PartInterval, isLast: true)).OrderBy(block => block.Step.Number)) Write(block, isLast: true);
            if (hasFailed) _output.Write(FailedSteps.Render(_steps));
            _output.Write(WarningList.Render(_steps.Warnings));
            _output.Flush();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ticks.Dispose();
        await _watching;
    }

    // A step that runs for long and says nothing is named, and others may speak meanwhile.
    private async Task WatchAsync()
    {
        while (await _ticks.WaitForNextTickAsync())
        {
            lock (_lock)
            {
                if (_blocks.Values.FirstOrDefault(block => block.IsUnnamed && block.Step.Duration(_clock.GetUtcNow()) >= Every) is { } silent && _speaker is null) Write(silent, isLast: false);
                else Speak();
                _output.Flush();
            }
        }
    }

    private void Speak()
    {
        while (true)
        {
            if (_speaker is { } speaker)
            {
                if (speaker.HasNews(_clock, PartInterval, isLast: false)) Write(speaker, isLast: false);
                if (_speaker is not null && _clock.GetElapsedTime(_spokeAt) < Patience) return;
            }

            var next = _blocks.Values.Where(block => block != _speaker && block.HasNews(_clock, PartInterval, isLast: false)).OrderBy(block => block.Step.Completed is null).ThenBy(block => block.Step.Number).FirstOrDefault();
            if (next is null) return;
            Write(next, isLast: false);
        }
    }

    private void Write(Block block, bool isLast)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"#{block.Step.Number} ");
        if (_speaker != block)
        {
            if (_speaker is { } interrupted) _output.Write(string.Create(CultureInfo.InvariantCulture, $"#{interrupted.Step.Number} ...\n"));
            if (!_isFirst) _output.Write("\n");
            _output.Write($"{number}{block.Step.Name}\n");
            _isFirst = false;
        }

        foreach (var line in block.Drain(_clock, PartInterval, isLast)) _output.Write($"{number}{line}\n");
        _spokeAt = _clock.GetTimestamp();
        _speaker = block.IsEnded ? null : block;
    }

    /// <summary>What a step has to say and has not said.</summary>
    private sealed class Block(StepView step)
    {
        private readonly Queue<string> _lines = new();
        private readonly Dictionary<string, (string Text, long At, bool IsDone)> _parts = new(StringComparer.Ordinal);
        private DateTimeOffset? _endTold;
        private string _ending = "";
        private bool _begunTold;

        public StepView Step => step;

        /// <summary>It runs and nothing was told of it.</summary>
        public bool IsUnnamed => !_begunTold && step is { Started: not null, Completed: null, Name.Length: > 0 };

        /// <summary>Its end was told.</summary>
        public bool IsEnded => step.Completed is { } end && _endTold == end;

        // Steps are begun and ended again while they are looked up; that tells nobody anything.
        private bool HasNewEnd => step.Completed is { } end && _endTold != end && Ending() != _ending;

        public void Add(IReadOnlyList<string> lines)
        {
            foreach (var line in lines) _lines.Enqueue(line);
        }

        public bool HasNews(TimeProvider clock, TimeSpan interval, bool isLast) =>
            _lines.Count > 0 || HasNewEnd || (!_begunTold && step.Started is not null && step.Name.Length > 0 && step.Parts.Count + _lines.Count > 0)
            || step.Parts.Exists(part => IsDue(part, clock, interval, isLast));

        public IEnumerable<string> Drain(TimeProvider clock, TimeSpan interval, bool isLast)
        {
            _begunTold = true;
            foreach (var part in step.Parts)
            {
                if (!IsDue(part, clock, interval, isLast)) continue;
                var text = PartText.Render(part);
                _parts[part.ID] = (text, clock.GetTimestamp(), part.Completed is not null);
                yield return text;
            }

            if (_lines.Count > 0) _ending = "";
            while (_lines.TryDequeue(out var line)) yield return line;
            if (step.Completed is not { } end || _endTold == end) yield break;
            if (step.Log.Finish(step.Started) is { } rest) yield return rest;
            _endTold = end;
            yield return _ending = Ending();
        }

        // Each part is told of when it is complete, and now and then while it takes long.
        private bool IsDue(VertexStatus part, TimeProvider clock, TimeSpan interval, bool isLast)
        {
            if (!_parts.TryGetValue(part.ID, out var told))
            {
                if (part.Completed is not null || isLast) return true;
                _parts[part.ID] = ("", clock.GetTimestamp(), false);
                return false;
            }

            if (told.IsDone) return false;
            return part.Completed is not null || (clock.GetElapsedTime(told.At) >= interval && PartText.Render(part) != told.Text);
        }

        private string Ending() => step switch
        {
            { IsCanceled: true } => "CANCELED",
            { Error.Length: > 0 } => $"ERROR: {step.Error}",
            { IsCached: true } => "CACHED",
            _ => string.Create(CultureInfo.InvariantCulture, $"DONE {step.Duration(default).TotalSeconds:0.0}s"),
        };
    }
}
