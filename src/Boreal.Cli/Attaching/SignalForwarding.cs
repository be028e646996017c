using System.Runtime.InteropServices;
using Boreal.Client.Errors;
using Boreal.Linux.Processes;

namespace Boreal.Cli.Attaching;

/// <summary>Hands the signals this process gets on to a container, until disposed.</summary>
internal sealed class SignalForwarding : IDisposable
{
    // Every signal a user may want to pass on; not those about this process's own children, pipes and terminal.
    private static readonly int[] Forwarded = [1, 2, 3, 10, 12, 14, 15, 18];

    private readonly List<PosixSignalRegistration> _registrations = [];

    public SignalForwarding(Func<string, Task> kill)
    {
        foreach (var number in Forwarded)
        {
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)number, signal =>
            {
                signal.Cancel = true;
                _ = ForwardAsync(kill, Signals.Name(number));
            }));
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private static async Task ForwardAsync(Func<string, Task> kill, string name)
    {
        try
        {
            await kill(name);
        }
        catch (ApiException)
        {
            // The container has ended meanwhile; nobody is left to signal.
        }
    }
}
