using System.Diagnostics;

namespace Boreal.Orchestrator.Services;

/// <summary>An update as a span for who traces. It is told when it has ended: what carries it out are many short runs of the loops.</summary>
internal static class UpdateSpan
{
    private static readonly ActivitySource Source = new("Boreal.Apps");

    public static void Tell(string service, UpdateProgress update)
    {
        if (update.IsGoingOn || !Source.HasListeners())
            return;
        using var span = Source.StartActivity("app.update", ActivityKind.Internal, default(ActivityContext), startTime: update.StartedAt);
        span?.SetTag("boreal.subject", service).SetTag("boreal.update.state", update.StateName);
        if (update.State is not UpdateState.Completed)
            span?.SetStatus(ActivityStatusCode.Error, update.Message);
    }
}
