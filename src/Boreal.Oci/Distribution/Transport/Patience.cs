namespace Boreal.Oci.Distribution.Transport;

/// <summary>A time limit that starts anew with every sign of life, beside the caller's own cancellation.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _caller;

    public Patience(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        _caller = caller;
        _limit = new CancellationTokenSource(limit, clock);
        _registration = caller.UnsafeRegister(static state => ((CancellationTokenSource?)state)?.Cancel(), _limit);
    }

    public CancellationToken Token => _limit.Token;

    /// <summary>The other side took too long; not the caller who no longer wants.</summary>
    public bool IsOver => _limit.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Extend(TimeSpan limit) => _limit.CancelAfter(limit);

    public void Dispose()
    {
        _registration.Dispose();
        _limit.Dispose();
    }
}
