using Boreal.BuildWire.Protocol.Control;

namespace Boreal.Cli.Building.Progress;

/// <summary>Steps as they run, drawn over and over at the end of a terminal.</summary>
internal sealed class TreeDisplay : IBuildDisplay
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly StepList _steps = new();
    private readonly Dictionary<StepView, Queue<string>> _tails = [];
    private readonly TextWriter _output;
    private readonly TimeProvider _clock;
    private readonly Func<(ushort Rows, ushort Columns)> _size;
    private readonly DateTimeOffset _began;
    private readonly PeriodicTimer _ticks;
    private readonly Task _drawing;
    private int _drawn;

    public TreeDisplay(TextWriter output, TimeProvider clock, Func<(ushort Rows, ushort Columns)> size)
    {
        (_output, _clock, _size) = (output, clock, size);
        _began = clock.GetUtcNow();
        _ticks = new PeriodicTimer(Every, clock);
        _drawing = DrawAllAsync();
    }

    public void Take(StatusResponse news)
    {
        lock (_lock)
        {
            foreach (var (step, lines) in _steps.Take(news))
            {
                if (lines.Count > 0) Keep(step, lines);
            }
        }
    }

    public void Complete(bool hasFailed)
    {
        lock (_lock)
        {
            Draw(isLast: true, hasFailed);
            if (hasFailed) _output.Write(FailedSteps.Render(_steps));
            _output.Write(WarningList.Render(_steps.Warnings));
            _output.Flush();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ticks.Dispose();
        await _drawing;
    }

    private void Keep(StepView step, IReadOnlyList<string> lines)
    {
        if (!_tails.TryGetValue(step, out var tail)) _tails.Add(step, tail = new Queue<string>());
        foreach (var line in lines)
        {
            tail.Enqueue(line[(line.IndexOf(' ') + 1)..]);
            if (tail.Count > TreeFrame.TailLines) tail.Dequeue();
        }
    }

    private async Task DrawAllAsync()
    {
        while (await _ticks.WaitForNextTickAsync())
        {
            lock (_lock) Draw(isLast: false, hasFailed: false);
        }
    }

    private void Draw(bool isLast, bool hasFailed)
    {
        if (isLast) _ticks.Dispose();
        var (rows, columns) = _size();
        var frame = new TreeFrame(_steps, _tails, _clock.GetUtcNow(), columns);
        var lines = frame.Render(_clock.GetUtcNow() - _began, isLast ? int.MaxValue : Math.Max(4, rows - 2), isLast, hasFailed);
        if (_drawn > 0) _output.Write($"\u001b[{_drawn}A\r");
        foreach (var line in lines) _output.Write($"\u001b[2K{line}\n");
        _output.Write("\u001b[J");
        _output.Flush();
        _drawn = lines.Count;
    }
}
