using System.Diagnostics.CodeAnalysis;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Containers;

/// <summary>
/// A container with identity: the current spec and status (both immutable, swapped whole, readable without a lock)
/// and who may change them. Only the rooms of the engine change it, through <see cref="ContainerRegistry"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "a SemaphoreSlim whose wait handle is never asked for owns nothing")]
public sealed class Container
{
    private readonly SemaphoreSlim _claim = new(1, 1);
    private volatile ContainerSpec _spec;
    private volatile ContainerStatus _status;

    internal Container(ContainerSpec spec, ContainerStatus status)
    {
        _spec = spec;
        _status = status;
    }

    public ContainerId Id => _spec.Id;

    public ContainerSpec Spec
    {
        get => _spec;
        internal set => _spec = value;
    }

    public ContainerStatus Status
    {
        get => _status;
        internal set => _status = value;
    }

    /// <summary>Live parts: the shim, who waits, timers. Touched only under a claim, unless their own docs say otherwise.</summary>
    internal ContainerLife Life { get; } = new();

    /// <summary>Waits for the right to change this container; dispose to give it back. Held for transitions, never for as long as a process runs.</summary>
    internal async Task<IDisposable> ClaimAsync(CancellationToken cancellationToken)
    {
        await _claim.WaitAsync(cancellationToken);
        return new Claim(_claim);
    }

    private sealed class Claim(SemaphoreSlim claim) : IDisposable
    {
        private SemaphoreSlim? _claim = claim;

        public void Dispose() => Interlocked.Exchange(ref _claim, null)?.Release();
    }
}
