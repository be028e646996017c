using System.Security.Cryptography;
using System.Text;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Progress;
using Boreal.Build.Solving;

namespace Boreal.Build.Classic;

/// <summary>
/// Tells a build's progress in the order of its Dockerfile, as classic builders did one line after the other, although steps run side by
/// side: what comes early of a later step waits for its turn. The ids it shows for images in between are names only.
/// </summary>
internal sealed class ClassicNarrator(IReadOnlyList<ClassicStep> steps, ToldImages told, IClassicOutput output)
{
    private const int IdDigits = 12;
    private const string ErrorColor = "\u001b[91m";
    private const string EndOfColor = "\u001b[0m";

    // What stages have come to.
    private readonly Dictionary<int, string> _stages = [];
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private string _image = "";
    private bool _isCached;
    private int _current;
    private bool _isBegun;

    /// <summary>Until the build's steps have ended, well or not.</summary>
    public async Task FollowAsync(BuildProgress progress, CancellationToken cancellationToken)
    {
        await foreach (var events in progress.ReadAsync(cancellationToken))
        {
            foreach (var happened in events)
                Note(happened);
            Advance();
        }
    }

    /// <summary>The build has come to an image: the last step's outcome, which only now has a name.</summary>
    public void Complete(string imageId, IReadOnlyList<string> unusedArguments)
    {
        var name = Short(imageId);
        if (_current < steps.Count)
            End(steps[_current], name);
        if (unusedArguments.Count > 0)
            output.Stream($"[Warning] One or more build-args [{string.Join(' ', unusedArguments)}] were not consumed\n");
        output.Image(imageId);
        output.Stream($"Successfully built {name}\n");
    }

    /// <summary>The line that could not even be planned, as the one that failed.</summary>
    public ClassicStep? Fail(LineRange place)
    {
        var failed = steps.TakeWhile(step => !step.Lines.Equals(place)).Count();
        for (_current = 0; _current <= failed && _current < steps.Count; _current++)
        {
            Begin(steps[_current]);
            if (_current < failed && steps[_current].Image is { } image)
                output.Stream($" ---> {Short(image)}\n");
        }

        return failed < steps.Count ? steps[failed] : null;
    }

    private void Note(ProgressEvent happened)
    {
        switch (happened)
        {
            case ProgressEvent.StepChanged step:
                var state = StateOf(step.Step);
                state.IsStarted |= step.Started is not null && !step.IsCached;
                state.IsEnded |= step.Completed is not null;
                state.IsCached |= step.IsCached;
                state.HasFailed |= step.Error.Length > 0;
                break;
            case ProgressEvent.Logged log:
                StateOf(log.Step).Logs.Enqueue((log.Stream, Encoding.UTF8.GetString(log.Text.Span)));
                break;
        }
    }

    private void Advance()
    {
        while (_current < steps.Count)
        {
            var step = steps[_current];
            var states = step.Operations.Select(operation => StateOf(SolveScope.IdOf(operation))).ToList();
            if (!_isBegun)
                Begin(step);
            Tell(step, states);
            if (states.Any(state => state.HasFailed) || states.Any(state => !state.IsEnded) || _current == steps.Count - 1)
                return;
            End(step, NameOf(step));
        }
    }

    private void Begin(ClassicStep step)
    {
        _isBegun = true;
        output.Stream($"Step {_current + 1}/{steps.Count} : {step.Text}");
        output.Stream("\n");
    }

    private void Tell(ClassicStep step, List<State> states)
    {
        foreach (var state in states)
        {
            if (state.IsStarted && state.Container is null && !step.IsStart && !step.IsCopy)
            {
                state.Container = NewId();
                output.Stream($" ---> Running in {state.Container}\n");
            }

            while (state.Logs.TryDequeue(out var log))
                output.Stream(log.Stream == 2 ? ErrorColor + log.Text + EndOfColor : log.Text);
        }
    }

    private void End(ClassicStep step, string image)
    {
        var states = step.Operations.Select(operation => StateOf(SolveScope.IdOf(operation))).ToList();
        var name = NameOf(step);
        _isCached = step.IsStart || (states.Count == 0 ? _isCached && told.Contains(name) : states.All(state => state.IsCached));
        if (!step.IsStart && _isCached)
        {
            output.Stream(" ---> Using cache\n");
        }
        else if (!step.IsStart && !step.IsCopy)
        {
            var container = states.Select(state => state.Container).FirstOrDefault(id => id is not null);
            if (container is null)
                output.Stream($" ---> Running in {container = NewId()}\n");
            output.Stream($" ---> Removed intermediate container {container}\n");
        }

        output.Stream($" ---> {image}\n");
        told.Add(name);
        _image = _stages[step.Stage] = image;
        _isBegun = false;
        _current++;
    }

    // The same for the same lines on the same operations.
    private string NameOf(ClassicStep step)
    {
        if (step.Image is { } image)
            return Short(image);
        if (step.IsEmptyStart)
            return "";
        if (step.BaseStage is { } stage && _stages.TryGetValue(stage, out var made))
            return made;
        var text = $"{(step.IsStart ? "" : _image)}\n{step.Text}\n{string.Join('\n', step.Operations.Select(operation => operation.Id.Value))}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdDigits];
    }

    private static string Short(string imageId) => imageId[(imageId.IndexOf(':') + 1)..][..IdDigits];

    private static string NewId() => RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);

    private State StateOf(string step)
    {
        if (!_states.TryGetValue(step, out var state))
            _states.Add(step, state = new State());
        return state;
    }

    private sealed class State
    {
        public bool IsStarted { get; set; }

        public bool IsEnded { get; set; }

        public bool IsCached { get; set; }

        public bool HasFailed { get; set; }

        public string? Container { get; set; }

        public Queue<(int Stream, string Text)> Logs { get; } = new();
    }
}
