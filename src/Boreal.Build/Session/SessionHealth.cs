using Boreal.BuildWire.Protocol;
using Boreal.BuildWire.Protocol.Health;
using Grpc.Core;

namespace Boreal.Build.Session;

/// <summary>Asks a client every few seconds whether it still answers. One that was busy once is forgiven.</summary>
internal sealed class SessionHealth(ClientSession session, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private const int FailuresToGiveUp = 2;

    /// <summary>Returns when the client no longer answers or has left.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Interval, clock);
        var failures = 0;
        try
        {
            do
                failures = await AnswersAsync(cancellationToken) ? 0 : failures + 1;
            while (failures < FailuresToGiveUp && await ticks.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session ended by itself.
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await session.Calls.CallAsync(SessionMethods.CheckHealth, new HealthCheckRequest(), HealthCheckResponse.Parser, either.Token);
            return true;
        }
        catch (RpcException e)
        {
            // A client without this service answers all the same.
            return e.StatusCode is StatusCode.Unimplemented;
        }
        catch (IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }
}
