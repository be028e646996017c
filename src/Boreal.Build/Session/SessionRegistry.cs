using Boreal.BuildWire.Http2;
using Boreal.Engine.Errors;
using Microsoft.Extensions.Logging;

namespace Boreal.Build.Session;

/// <summary>The clients that hold a session open.</summary>
internal sealed partial class SessionRegistry(TimeProvider clock, ILogger<SessionRegistry> logger)
{
    private readonly ArrivalTable<ClientSession> _sessions = new(TimeSpan.FromSeconds(5), clock);

    /// <summary>Holds the session until its client leaves or no longer answers. The stream stays its owner's.</summary>
    public async Task RunAsync(SessionOffer offer, Stream stream, CancellationToken cancellationToken)
    {
        await using var connection = await Http2Connection.OpenAsync(stream, cancellationToken);
        var session = new ClientSession(offer, connection);
        if (!_sessions.TryAdd(offer.Id, session))
            throw new EngineException(ErrorKind.Conflict, $"session {offer.Id} already exists");
        Log.Opened(logger, offer.Id, offer.Name);
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Ended, cancellationToken);
            await new SessionHealth(session, clock).WatchAsync(over.Token);
        }
        finally
        {
            _sessions.Remove(offer.Id);
            Log.Closed(logger, offer.Id);
        }
    }

    /// <summary>A client starts its build and its session side by side: the session may still be on its way.</summary>
    public async Task<ClientSession> FindAsync(string id, CancellationToken cancellationToken) =>
        await _sessions.FindAsync(id, cancellationToken)
        ?? throw new EngineException(ErrorKind.NotFound, $"no active session for {id}: context deadline exceeded");

    private static partial class Log
    {
        [LoggerMessage(1400, LogLevel.Debug, "session {Session} of {Name} is open")]
        internal static partial void Opened(ILogger logger, string session, string name);

        [LoggerMessage(1401, LogLevel.Debug, "session {Session} is over")]
        internal static partial void Closed(ILogger logger, string session);
    }
}
