using System.Runtime.InteropServices;

namespace Boreal.Daemon.Hosting;

/// <summary>SIGTERM and SIGINT ask to stop, a second one to stop at once; SIGHUP changes nothing.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource<PosixSignal> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _atOnce = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true),
    ];

    public Task<PosixSignal> Asked => _first.Task;

    public CancellationToken AtOnce => _atOnce.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _atOnce.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_first.TrySetResult(context.Signal))
            _atOnce.Cancel();
    }
}
