using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>Prepared sandboxes of every kind; loose ones only from the first container on that is on a network of its own.</summary>
internal sealed class SandboxPools(SandboxBuilder builder, SandboxReaper reaper, SandboxNames names, int size, ILogger logger) : IAsyncDisposable
{
    private readonly SandboxPool _bridged = new(builder, reaper, names, SandboxKind.Bridged, size, logger);
    private readonly SandboxPool _bare = new(builder, reaper, names, SandboxKind.Bare, (size + 1) / 2, logger);
    private readonly Lazy<SandboxPool> _loose = new(() => new SandboxPool(builder, reaper, names, SandboxKind.Loose, size, logger));

    public Sandbox Take(SandboxKind kind) => (kind switch
    {
        SandboxKind.Bridged => _bridged,
        SandboxKind.Loose => _loose.Value,
        _ => _bare,
    }).Take();

    /// <summary>There are networks to connect to: prepares for them.</summary>
    public void Expect(SandboxKind kind)
    {
        if (kind is SandboxKind.Loose) _ = _loose.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _bridged.DisposeAsync();
        await _bare.DisposeAsync();
        if (_loose.IsValueCreated) await _loose.Value.DisposeAsync();
    }
}
