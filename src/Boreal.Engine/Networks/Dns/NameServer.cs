using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Dns;

/// <summary>
/// The name server containers of user networks find at 127.0.0.11. It lives outside of them; in each sandbox are only
/// two sockets of it. A new process opens them again by <see cref="Attach"/>.
/// </summary>
internal sealed partial class NameServer(HostNetwork host, Names names, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SandboxListener> _listeners = new(StringComparer.Ordinal);
    private readonly LocalNames _local = new(names, Random.Shared);
    private readonly Forwarder _forwarder = new(host, new AnswerCache(time), time);

    /// <summary>Answers in a sandbox from now on, or goes on with other settings. The namespace's loopback must be up.</summary>
    public void Attach(string sandboxId, string namespacePath, ResolverSettings settings)
    {
        if (_listeners.TryGetValue(sandboxId, out var present))
        {
            present.Update(settings);
            return;
        }

        _listeners[sandboxId] = new SandboxListener(namespacePath, settings, _local, _forwarder, time);
    }

    /// <summary>Other settings for a sandbox; nothing happens when it has no name server.</summary>
    public void Update(string sandboxId, ResolverSettings settings) => _listeners.GetValueOrDefault(sandboxId)?.Update(settings);

    /// <summary>Ends answering and lets go of the namespace; nothing happens when it was not attached.</summary>
    public void Detach(string sandboxId)
    {
        if (_listeners.TryRemove(sandboxId, out var listener)) _ = EndAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sandboxId in _listeners.Keys)
        {
            if (_listeners.TryRemove(sandboxId, out var listener)) await listener.DisposeAsync();
        }
    }

    private async Task EndAsync(SandboxListener listener)
    {
        try
        {
            await listener.DisposeAsync();
        }
        catch (Exception exception)
        {
            Log.EndedBadly(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6170, Level = LogLevel.Error, Message = "a sandbox's name server ended with an error")]
        public static partial void EndedBadly(ILogger logger, Exception exception);
    }
}
