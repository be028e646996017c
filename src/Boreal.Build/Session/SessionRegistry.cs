using Boreal.Build.Http2;
using Boreal.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Build.Session;

/// <summary>The clients that hold a session open.</summary>
internal sealed partial class SessionRegistry(TimeProvider clock, ILogger<SessionRegistry> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ClientSession> _sessions = new(StringComparer.Ordinal);
    private TaskCompletionSource _opened = NewSignal();

    /// <summary>Holds the session until its client leaves or no longer answers. The stream is closed then.</summary>
    public async Task RunAsync(SessionOffer offer, Stream stream, CancellationToken cancellationToken)
    {
        await using var connection = await Http2Connection.OpenAsync(stream, cancellationToken);
        var session = new ClientSession(offer, connection);
        Add(session);
        Log.Opened(logger, offer.Id, offer.Name);
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Ended, cancellationToken);
            await new SessionHealth(session, clock).WatchAsync(over.Token);
        }
        finally
        {
            lock (_lock)
                _sessions.Remove(offer.Id);
            Log.Closed(logger, offer.Id);
        }
    }

    /// <summary>A client starts its build and its session side by side: the session may still be on its way.</summary>
    public async Task<ClientSession> FindAsync(string id, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            Task opened;
            lock (_lock)
            {
                if (_sessions.TryGetValue(id, out var session))
                    return session;
                opened = _opened.Task;
            }
            try
            {
                await opened.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw new EngineException(ErrorKind.NotFound, $"no active session for {id}: context deadline exceeded");
            }
        }
    }

    private void Add(ClientSession session)
    {
        TaskCompletionSource opened;
        lock (_lock)
        {
            if (!_sessions.TryAdd(session.Id, session))
                throw new EngineException(ErrorKind.Conflict, $"session {session.Id} already exists");
            opened = _opened;
            _opened = NewSignal();
        }
        opened.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(1400, LogLevel.Debug, "session {Session} of {Name} is open")]
        internal static partial void Opened(ILogger logger, string session, string name);

        [LoggerMessage(1401, LogLevel.Debug, "session {Session} is over")]
        internal static partial void Closed(ILogger logger, string session);
    }
}
