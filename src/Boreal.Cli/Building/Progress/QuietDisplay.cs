using Boreal.BuildWire.Protocol.Control;

namespace Boreal.Cli.Building.Progress;

/// <summary>Says nothing, unless a step fails.</summary>
internal sealed class QuietDisplay(TextWriter output) : IBuildDisplay
{
    private readonly Lock _lock = new();
    private readonly StepList _steps = new();

    public void Take(StatusResponse news)
    {
        lock (_lock)
        {
            foreach (var _ in _steps.Take(news))
            {
                // Kept for the case of a failure.
            }
        }
    }

    public void Complete(bool hasFailed)
    {
        lock (_lock)
        {
            if (hasFailed) output.Write(FailedSteps.Render(_steps));
            output.Flush();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
