using System.Runtime.InteropServices;
using Boreal.Client.Errors;
using Boreal.Cli.Session;

namespace Boreal.Cli.Attaching;

/// <summary>Keeps a remote terminal the size of the local one, until disposed.</summary>
internal sealed class WindowFollowing : IDisposable
{
    private const int Attempts = 10;

    private readonly PosixSignalRegistration _registration;
    private readonly CancellationTokenSource _ends = new();
    private readonly Task _first;

    public WindowFollowing(CliContext context, Func<ushort, ushort, Task> resize)
    {
        _first = FirstAsync(context, resize, _ends.Token);
        _registration = PosixSignalRegistration.Create((PosixSignal)Boreal.Linux.Processes.Signals.WindowChanged, signal => { _ = TryAsync(context, resize); });
    }

    public void Dispose()
    {
        _registration.Dispose();
        _ends.Cancel();
        if (_first.IsCompleted) _ends.Dispose();
    }

    /// <summary>The process may not have its terminal yet, so the first size is tried a few times.</summary>
    private static async Task FirstAsync(CliContext context, Func<ushort, ushort, Task> resize, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts && !cancellationToken.IsCancellationRequested; attempt++)
        {
            if (await TryAsync(context, resize)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(attempt * 10), context.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> TryAsync(CliContext context, Func<ushort, ushort, Task> resize)
    {
        if (context.Terminal.Size is not { } size || size is { Rows: 0, Columns: 0 }) return true;
        try
        {
            await resize(size.Rows, size.Columns);
            return true;
        }
        catch (ApiException)
        {
            return false;
        }
    }
}
