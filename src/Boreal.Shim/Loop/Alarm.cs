namespace Boreal.Shim.Loop;

/// <summary>A deadline in the event loop.</summary>
internal sealed class Alarm(long due, Action callback)
{
    internal long Due { get; } = due;

    internal bool Cancelled { get; private set; }

    internal void Cancel() => Cancelled = true;

    internal void Ring() => callback();
}
